using System.IO.Compression;
using System.Text;

namespace DailyPapers.Search.Evaluation;

/// <summary>The lines of text files, gzipped or not, with their numbers.</summary>
internal static class TextLines
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly char[] Blanks = [' ', '\t'];

    /// <summary>The lines that are not blank; 1 is the first line's number.</summary>
    public static IEnumerable<(long Number, string Line)> Of(string file)
    {
        using var text = Open(file);
        var number = 0L;
        while (Next(text, file, ++number) is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line))
                yield return (number, line);
        }
    }

    /// <summary>The columns of a line: between tabs when it has any, else between blanks.</summary>
    public static string[] Columns(string line) => line.Contains('\t', StringComparison.Ordinal)
        ? line.Split('\t', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        : line.Split(Blanks, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Opens a file to write, gzipped when its name ends in <c>.gz</c>; line ends are given by the caller, so files are the same everywhere.</summary>
    public static StreamWriter Create(string file)
    {
        Stream stored = File.Create(file);
        return new StreamWriter(file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(stored, CompressionLevel.Optimal) : stored, Strict);
    }

    // The content tells whether a file is gzipped: downloads often keep or lose the ending.
    private static StreamReader Open(string file)
    {
        Stream stored = File.OpenRead(file);
        try
        {
            var isGzipped = stored.ReadByte() == 0x1F && stored.ReadByte() == 0x8B;
            stored.Position = 0;
            return new StreamReader(isGzipped ? new GZipStream(stored, CompressionMode.Decompress) : stored, Strict);
        }
        catch
        {
            stored.Dispose();
            throw;
        }
    }

    private static string? Next(StreamReader text, string file, long number)
    {
        try
        {
            return text.ReadLine();
        }
        catch (DecoderFallbackException exception)
        {
            throw new EvaluationFormatException(file, number, "The text near this line is not UTF-8; convert the file to UTF-8.", exception);
        }
        catch (InvalidDataException exception)
        {
            throw new EvaluationFormatException(file, number, $"The compression is damaged near this line; get the file again. {exception.Message}", exception);
        }
    }
}
