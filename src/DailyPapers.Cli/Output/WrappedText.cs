namespace DailyPapers.Cli.Output;

/// <summary>Prints prose at the terminal's width, but never wider than is easy to read.</summary>
internal sealed class WrappedText(TextWriter output)
{
    private const int WidestReadable = 100;

    private static int Width => Console.IsOutputRedirected ? WidestReadable : Math.Clamp(Console.WindowWidth - 1, 30, WidestReadable);

    public void Line(string line) => output.WriteLine(line);

    public void Paragraph(string text)
    {
        Wrap(text, first: "", next: "");
        output.WriteLine();
    }

    public void Item(string text) => Wrap(text, first: "  - ", next: "    ");

    private void Wrap(string text, string first, string next)
    {
        var line = first;
        var isEmpty = true;
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (!isEmpty && line.Length + 1 + word.Length > Width)
            {
                output.WriteLine(line);
                (line, isEmpty) = (next, true);
            }
            line += isEmpty ? word : " " + word;
            isEmpty = false;
        }
        output.WriteLine(line);
    }
}
