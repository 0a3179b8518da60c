using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using CsCheck;
using DailyPapers.Papers;
using DailyPapers.Sources;
using DailyPapers.Sources.Jsonl;
using DailyPapers.TestSupport;

namespace DailyPapers.Tests.Sources.Jsonl;

public sealed class JsonlImportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("papers-jsonl-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Reads_the_fields_in_every_form_they_come_in()
    {
        var path = Write("""
            {"arxiv_id": "arXiv:2508.00001v2", "doi": "https://doi.org/10.1000/AB", "title": " On\nG\\\"odel ", "abstract": "A.", "authors": ["Ana M\\\"uller", {"name": "Bo Li", "affiliation": ["MIT", "ETH"]}], "venue": "iclr", "published": "2025-08-03", "categories": "cs.LG stat.ML", "keywords": ["RL", "rl", "Graphs"], "links": {"pdf": "https://x.example/a.pdf", "code": "https://github.com/a/b"}, "unknown": {"deep": [1]}}
            {"title": "Only a year", "year": 2019, "authors": "A. Lee and B. Kim (MIT)", "links": ["https://github.com/c/d", "https://y.example"]}
            {"id":"0704.0001","submitter":"P","authors":"C. Bal\\'azs, E. L. Berger","title":"Calculation","comments":"37 pages","journal-ref":"Phys.Rev.","doi":"10.1103/PhysRevD.76.013009","report-no":null,"categories":"hep-ph","license":null,"abstract":"  A fully ","versions":[{"version":"v1","created":"Mon, 2 Apr 2007 19:18:42 GMT"},{"version":"v2","created":"Tue, 24 Jul 2007 20:10:27 GMT"}],"update_date":"2008-11-26","authors_parsed":[["Balázs","C.",""]]}
            """);
        await using var bed = await SourceTestBed.CreateAsync(null);

        var summary = await bed.Get<JsonlImport>().RunAsync(path, null, null, TestContext.Current.CancellationToken);

        Assert.Equal((3, 3, 0), (summary.Accepted, summary.Added, summary.Rejected));
        var full = await FindAsync(bed, "2508.00001");
        Assert.Equal(("On Gödel", "10.1000/ab", "iclr", 2, "https://x.example/a.pdf", "https://github.com/a/b"), (full.Title, full.Doi, full.Venue, full.ArxivVersion, full.PdfUrl, full.CodeUrl));
        Assert.Equal([new Author { Name = "Ana Müller" }, new Author { Name = "Bo Li", Affiliation = "MIT; ETH" }], full.Authors);
        Assert.Equal(["cs.LG", "stat.ML"], full.Categories);
        Assert.Equal(["rl", "graphs"], full.Keywords);
        Assert.Equal((new DateOnly(2025, 8, 3), DatePrecision.Day), (full.Published, full.PublishedPrecision));
        var dump = await FindAsync(bed, "0704.0001");
        Assert.Equal(("A fully", "37 pages", "Phys.Rev.", 2, new DateOnly(2007, 4, 2)), (dump.Abstract, dump.Comment, dump.Venue, dump.ArxivVersion, dump.Published));
        Assert.Equal(["C. Balázs", "E. L. Berger"], dump.Authors.Select(author => author.Name));
        var bare = (await bed.DumpAsync()).Split('\n').Single(line => line.Contains("Only a year", StringComparison.Ordinal));
        Assert.Contains("\"Published\":\"2019-01-01\",\"PublishedPrecision\":2", bare, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_bad_line_is_reported_with_line_field_and_reason_and_the_good_ones_are_stored()
    {
        byte[] bad = [.. "{\"title\": \"caf"u8, 0xE9, .. "\"}\n"u8];
        var path = Path.Combine(_folder, "mixed.jsonl");
        await using (var file = File.Create(path))
        {
            await file.WriteAsync(Encoding.UTF8.GetPreamble(), TestContext.Current.CancellationToken);
            await file.WriteAsync(Encoding.UTF8.GetBytes("{\"title\": \"First\"}\r\n\r\n  \n{\"title\": \n[1]\n{\"title\": 5}\n"), TestContext.Current.CancellationToken);
            await file.WriteAsync(bad, TestContext.Current.CancellationToken);
            await file.WriteAsync(
                Encoding.UTF8.GetBytes("{\"title\": \"x\", \"published\": \"2025-02-30\"}\n{\"title\": \"\\ud800\"}\n{\"title\": \"x\", \"arxiv_id\": \"25O8.1\"}\n{\"title\": \"" + new string('y', 6000) + "\"}\n{\"title\": \"Last\"}"),
                TestContext.Current.CancellationToken);
        }
        var rejects = Path.Combine(_folder, "rejects.jsonl");
        await using var bed = await SourceTestBed.CreateAsync(null);

        var summary = await bed.Get<JsonlImport>().RunAsync(path, new JsonlImportOptions { RejectsPath = rejects, MaxLineBytes = 5000 }, null, TestContext.Current.CancellationToken);

        Assert.Equal((2, 8), (summary.Accepted, summary.Rejected));
        var rows = (await File.ReadAllLinesAsync(rejects, TestContext.Current.CancellationToken)).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(
            ["4 line", "5 line", "6 title", "7 line", "8 published", "9 title", "10 arxiv_id", "11 line"],
            rows.Select(row => $"{row.GetProperty("line").GetInt32()} {row.GetProperty("field").GetString()}"));
        Assert.All(rows, row => Assert.InRange(row.GetProperty("text").GetString()!.Length, 1, 201));
        Assert.Contains("2025-02-30", rows[4].GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.False(File.Exists(rejects + ".partial"));
    }

    [Fact]
    public async Task Accepted_and_rejected_are_all_lines_wherever_they_break()
    {
        var line = Gen.OneOf<string>(
            Gen.Int[0, 9].Select(i => $"{{\"title\": \"Paper {i}\"}}"),
            Gen.Int[0, 200].Select(i => $"{{\"title\": \"{new string('é', i)}\"}}"),
            Gen.OneOf<string>("{", "null", "{\"title\": \"\"}", "{\"title\": 3}", "\r", "", " \t", new string('z', 300)));
        var file = Gen.Select(line.List[0, 40], Gen.OneOf<string>("\n", "\r\n"), Gen.Bool, Gen.Bool, Gen.Int[1, 7]);
        await using var bed = await SourceTestBed.CreateAsync(null);
        await file.SampleAsync(
            async (lines, end, lastEnds, compressed, batch) =>
            {
                var text = string.Join(end, lines) + (lastEnds && lines.Count > 0 ? end : "");
                var path = Path.Combine(_folder, "property");
                using (var stream = File.Create(path))
                using (var target = compressed ? new GZipStream(stream, CompressionLevel.Fastest) : (Stream)stream)
                    target.Write(Encoding.UTF8.GetBytes(text));
                // What any text tool calls the lines of this file.
                var expected = text.Split('\n').Count(l => l.Trim(' ', '\t', '\r').Length > 0);
                var rejects = path + ".rejects";
                var summary = await bed.Get<JsonlImport>().RunAsync(path, new JsonlImportOptions { BatchSize = batch, MaxLineBytes = 250, RejectsPath = rejects });
                Assert.Equal(expected, summary.Accepted + summary.Rejected);
                Assert.Equal(summary.Rejected, File.Exists(rejects) ? File.ReadAllLines(rejects).Length : 0);
                Assert.Equal(summary.Rejected, text.Split('\n').Count(l => l.Trim(' ', '\t', '\r').Length > 0 && !IsGood(l.TrimEnd('\r'))));
            },
            iter: 60,
            threads: 1);

        static bool IsGood(string line) => line.StartsWith("{\"title\": \"", StringComparison.Ordinal) && line.EndsWith("\"}", StringComparison.Ordinal) && line.Length > 13 && Encoding.UTF8.GetByteCount(line) <= 250;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stopped_after_any_batch_the_next_run_goes_on_behind_it(bool compressed)
    {
        var path = Write(string.Join('\n', Enumerable.Range(1, 12).Select(i => i % 4 == 0 ? $"{{broken {i}" : $"{{\"arxiv_id\": \"2508.{i:00000}\", \"title\": \"Paper {i}\"}}")), compressed);
        var rejects = Path.Combine(_folder, "rejects.jsonl");
        var options = new JsonlImportOptions { BatchSize = 2, RejectsPath = rejects };
        string expected, report;
        await using (var whole = await SourceTestBed.CreateAsync(null))
        {
            await whole.Get<JsonlImport>().RunAsync(path, options, null, TestContext.Current.CancellationToken);
            (expected, report) = (await whole.DumpAsync(), await File.ReadAllTextAsync(rejects, TestContext.Current.CancellationToken));
        }
        for (var batches = 1; batches < 6; batches++)
        {
            File.Delete(rejects);
            await using var bed = await SourceTestBed.CreateAsync(null);
            var stopped = new StopAfter(batches);
            await Assert.ThrowsAsync<KilledException>(() => bed.Get<JsonlImport>().RunAsync(path, options, stopped, TestContext.Current.CancellationToken));
            Assert.False(File.Exists(rejects));
            // What a killed process had written beyond its last commit.
            await File.AppendAllTextAsync(rejects + ".partial", "{\"line\": 99", TestContext.Current.CancellationToken);

            var rest = await bed.Get<JsonlImport>().RunAsync(path, options, null, TestContext.Current.CancellationToken);

            Assert.Equal($"line {2 * batches + 1}", rest.ResumedFrom);
            Assert.Equal(12 - 2 * batches, rest.Accepted + rest.Rejected);
            Assert.Equal(expected, await bed.DumpAsync());
            Assert.Equal(report, await File.ReadAllTextAsync(rejects, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task A_file_that_changed_since_is_imported_from_its_beginning()
    {
        var path = Write(string.Join('\n', Enumerable.Range(1, 6).Select(i => $"{{\"title\": \"Paper {i}\"}}")));
        await using var bed = await SourceTestBed.CreateAsync(null);
        var options = new JsonlImportOptions { BatchSize = 2 };
        await Assert.ThrowsAsync<KilledException>(() => bed.Get<JsonlImport>().RunAsync(path, options, new StopAfter(1), TestContext.Current.CancellationToken));
        await File.AppendAllTextAsync(path, "\n{\"title\": \"Paper 7\"}", TestContext.Current.CancellationToken);

        var summary = await bed.Get<JsonlImport>().RunAsync(path, options, null, TestContext.Current.CancellationToken);

        Assert.Equal((null, 7), (summary.ResumedFrom, summary.Accepted));
    }

    [Fact]
    public async Task A_damaged_archive_ends_the_run_after_storing_what_could_be_read()
    {
        var path = Write(string.Join('\n', Enumerable.Range(1, 20_000).Select(i => $"{{\"title\": \"Paper {Guid.NewGuid()}\"}}")), compressed: true);
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        bytes.AsSpan(bytes.Length / 2, 200).Fill(0xFF);
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
        await using var bed = await SourceTestBed.CreateAsync(null);
        var stored = new LastReport();

        var error = await Record.ExceptionAsync(() => bed.Get<JsonlImport>().RunAsync(path, new JsonlImportOptions { BatchSize = 5000 }, stored, TestContext.Current.CancellationToken));

        Assert.Contains("is damaged after line", Assert.IsType<SourceException>(error).Message, StringComparison.Ordinal);
        Assert.InRange(stored.Lines, 1_000, 19_999);
    }

    [Fact]
    public async Task An_archive_that_expands_without_end_is_refused()
    {
        var path = Path.Combine(_folder, "bomb.gz");
        await using (var gzip = new GZipStream(File.Create(path), CompressionLevel.SmallestSize))
        {
            for (var i = 0; i < 80; i++)
                await gzip.WriteAsync(new byte[1024 * 1024], TestContext.Current.CancellationToken);
        }
        await using var bed = await SourceTestBed.CreateAsync(null);
        var error = await Assert.ThrowsAsync<SourceException>(() => bed.Get<JsonlImport>().RunAsync(path, null, null, TestContext.Current.CancellationToken));
        Assert.Contains("expands to more than 200 times", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_or_not_utf8_is_named()
    {
        await using var bed = await SourceTestBed.CreateAsync(null);
        var import = bed.Get<JsonlImport>();
        var missing = await Assert.ThrowsAsync<SourceException>(() => import.RunAsync(Path.Combine(_folder, "none.jsonl"), null, null, TestContext.Current.CancellationToken));
        Assert.Contains("none.jsonl", missing.Message, StringComparison.Ordinal);
        var utf16 = Path.Combine(_folder, "utf16.jsonl");
        await File.WriteAllTextAsync(utf16, "{\"title\": \"x\"}", Encoding.Unicode, TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<SourceException>(() => import.RunAsync(utf16, null, null, TestContext.Current.CancellationToken));
        Assert.Contains("is UTF-16", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_doi_on_two_papers_costs_neither()
    {
        var path = Write("""
            {"arxiv_id": "2508.00001", "title": "Part one", "doi": "10.1000/1"}
            {"arxiv_id": "2508.00002", "title": "Part two", "doi": "10.1000/1"}
            """);
        await using var bed = await SourceTestBed.CreateAsync(null);
        var summary = await bed.Get<JsonlImport>().RunAsync(path, null, null, TestContext.Current.CancellationToken);
        Assert.Equal(2, summary.Added);
        Assert.Equal(("10.1000/1", null), ((await FindAsync(bed, "2508.00001")).Doi, (await FindAsync(bed, "2508.00002")).Doi));
    }

    [Fact]
    public async Task The_shared_corpus_imports_whole()
    {
        var corpus = ReferenceFiles.FindOrSkip("corpus/papers.jsonl.gz");
        await using var bed = await SourceTestBed.CreateAsync(null);
        var watch = Stopwatch.StartNew();
        var summary = await bed.Get<JsonlImport>().RunAsync(corpus, null, null, TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{summary.Accepted / watch.Elapsed.TotalSeconds:0} papers/s"));
        Assert.Equal((65_493, 0), (summary.Accepted, summary.Rejected));
    }

    private string Write(string text, bool compressed = false)
    {
        var path = Path.Combine(_folder, Guid.NewGuid().ToString("N"));
        using var file = File.Create(path);
        using var target = compressed ? new GZipStream(file, CompressionLevel.Fastest) : (Stream)file;
        target.Write(Encoding.UTF8.GetBytes(text));
        return path;
    }

    private static async Task<Paper> FindAsync(SourceTestBed bed, string id) =>
        await bed.Get<PaperReader>().FindAsync(id, TestContext.Current.CancellationToken) ?? throw new InvalidOperationException($"{id} is not stored");

    private sealed class StopAfter(int batches) : IProgress<ImportProgress>
    {
        private int _seen;

        public void Report(ImportProgress value)
        {
            if (++_seen == batches)
                throw new KilledException();
        }
    }

    private sealed class LastReport : IProgress<ImportProgress>
    {
        public long Lines { get; private set; }

        public void Report(ImportProgress value) => Lines = value.Lines;
    }
}
