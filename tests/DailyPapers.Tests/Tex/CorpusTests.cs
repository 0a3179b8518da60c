using System.IO.Compression;
using System.Text.Json;
using DailyPapers.TestSupport;
using DailyPapers.Tex;

namespace DailyPapers.Tests.Tex;

public sealed class CorpusTests(ITestOutputHelper output)
{
    [Fact]
    public void More_than_99_percent_of_the_delimited_formulas_of_real_papers_convert()
    {
        var path = ReferenceFiles.FindOrSkip("corpus/papers.jsonl.gz");
        int delimited = 0, all = 0;
        List<string> unconverted = [];
        foreach (var source in ReadTitlesAndAbstracts(path))
        {
            var text = TexText.ParseAbstract(source);
            unconverted.AddRange(text.UnconvertedFormulas);
            all += text.FormulaCount;
            // Formulas found in running text always convert, so they must not count here.
            delimited += CountDelimited(source);
        }

        var share = 1 - unconverted.Count / (double)delimited;
        output.WriteLine($"{delimited} delimited formulas ({all} in all), {unconverted.Count} shown as source: {share:P2} convert");
        Assert.True(share > 0.99, $"{share:P2} convert; the first that do not: {string.Join("  ", unconverted.Take(20))}");
    }

    private static int CountDelimited(string source)
    {
        var count = 0;
        for (var close = -1; ;)
        {
            var open = source.IndexOf('$', close + 1);
            if (open < 0)
                return count;
            var delimiter = source.AsSpan(open).StartsWith("$$") ? "$$" : "$";
            close = source.IndexOf(delimiter, open + delimiter.Length, StringComparison.Ordinal);
            if (close < 0)
                return count;
            close += delimiter.Length - 1;
            count++;
        }
    }

    private static IEnumerable<string> ReadTitlesAndAbstracts(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            if (!line.Contains('$'))
                continue;
            using var paper = JsonDocument.Parse(line);
            foreach (var field in (string[])["title", "abstract"])
            {
                if (paper.RootElement.TryGetProperty(field, out var value) && value.GetString() is { } text)
                    yield return text;
            }
        }
    }
}
