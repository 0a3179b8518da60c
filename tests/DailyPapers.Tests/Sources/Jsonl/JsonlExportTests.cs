using DailyPapers.Sources;
using DailyPapers.Sources.Jsonl;

namespace DailyPapers.Tests.Sources.Jsonl;

public sealed class JsonlExportTests : IDisposable
{
    private const string Papers = """
        {"arxiv_id": "2508.00001v2", "doi": "10.1000/ab", "title": "On G\u00f6del's $\\omega$", "abstract": "A <b>bold</b> & \"quoted\" one.", "authors": [{"name": "Ana Müller", "affiliation": "MIT; ETH"}, "李 明"], "venue": "ICLR", "published": "2025-08-03", "categories": ["cs.LG", "stat.ML"], "keywords": ["graphs, large", "rl"], "links": {"pdf": "https://x.example/a.pdf", "code": "https://github.com/a/b", "project": "https://p.example"}}
        {"title": "Only a year", "year": 2019}
        {"title": "A month", "published": "2020-05", "license": "CC-BY-4.0"}
        {"id":"0704.0001","authors":"C. Balázs, E. L. Berger","title":"Calculation","comments":"37 pages","journal-ref":"Phys.Rev.","categories":"hep-ph","abstract":"A fully","versions":[{"version":"v1","created":"Mon, 2 Apr 2007 19:18:42 GMT"},{"version":"v2","created":"Tue, 24 Jul 2007 20:10:27 GMT"}]}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("papers-export-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("out.jsonl")]
    [InlineData("out.jsonl.gz")]
    public async Task What_is_exported_is_imported_as_the_same_papers(string name)
    {
        var source = Path.Combine(_folder, "in.jsonl");
        await File.WriteAllTextAsync(source, Papers, TestContext.Current.CancellationToken);
        await using var from = await SourceTestBed.CreateAsync(null);
        await from.Get<JsonlImport>().RunAsync(source, null, null, TestContext.Current.CancellationToken);
        var target = Path.Combine(_folder, name);

        Assert.Equal(4, await from.Get<JsonlExport>().RunAsync(target, null, TestContext.Current.CancellationToken));

        Assert.Equal(name.EndsWith(".gz", StringComparison.Ordinal), IsGzip(target));
        await using var to = await SourceTestBed.CreateAsync(null);
        var summary = await to.Get<JsonlImport>().RunAsync(target, null, null, TestContext.Current.CancellationToken);
        Assert.Equal((4, 0), (summary.Added, summary.Rejected));
        Assert.Equal(await from.DumpAsync(), await to.DumpAsync());
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_named_and_leaves_nothing_behind()
    {
        await using var bed = await SourceTestBed.CreateAsync(null);
        var missing = Path.Combine(_folder, "nowhere", "out.jsonl");
        var refused = await Assert.ThrowsAsync<SourceException>(() => bed.Get<JsonlExport>().RunAsync(missing, null, TestContext.Current.CancellationToken));
        Assert.Contains(missing, refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bed.Get<JsonlExport>().RunAsync(Path.Combine(_folder, "out.jsonl"), null, new CancellationToken(canceled: true)));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    private static bool IsGzip(string path)
    {
        using var file = File.OpenRead(path);
        return file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
    }
}
