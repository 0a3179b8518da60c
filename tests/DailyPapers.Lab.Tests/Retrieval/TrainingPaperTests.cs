using System.IO.Compression;
using System.Text;
using DailyPapers.Lab.Retrieval;

namespace DailyPapers.Lab.Tests.Retrieval;

public sealed class TrainingPaperTests
{
    [Fact]
    public void Papers_are_read_from_plain_and_compressed_lines()
    {
        const string lines = "{\"title\":\"One\",\"abstract\":\"Text.\",\"keywords\":[\"a\",\" \"],\"year\":2020}\n\n{\"title\":\"Two\"}\n";
        var folder = Directory.CreateTempSubdirectory("papers-lines-").FullName;
        var (plain, compressed) = (Path.Combine(folder, "p.jsonl"), Path.Combine(folder, "p.jsonl.gz"));
        File.WriteAllText(plain, lines);
        using (var gzip = new GZipStream(File.Create(compressed), CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(lines));
        foreach (var path in (string[])[plain, compressed])
        {
            var papers = TrainingPaper.ReadAll(path);
            Assert.Equal(["One", "Two"], papers.Select(paper => paper.Title));
            Assert.Equal(["a"], papers[0].Keywords);
            Assert.Equal(("Text.", ""), (papers[0].Abstract, papers[1].Abstract));
        }
    }

    [Theory]
    [InlineData("{\"title\":\"One\"}\nnot json", "Line 2")]
    [InlineData("{\"abstract\":\"no title\"}", "Line 1")]
    public void A_bad_line_is_named(string content, string line)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("papers-lines-").FullName, "p.jsonl");
        File.WriteAllText(path, content);
        Assert.Contains(line, Assert.Throws<InvalidDataException>(() => TrainingPaper.ReadAll(path)).Message, StringComparison.Ordinal);
    }
}
