using CsCheck;
using DailyPapers.Search;
using DailyPapers.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DailyPapers.Tests.Search;

public sealed class IndexDamageTests : IAsyncLifetime
{
    private static readonly string[] Queries = ["attention", "softmax bandwidth", "gradient noise", "\"is not\"", "robust*", "author:\"Bo Chen\"", "обучение"];

    private readonly string _root = Directory.CreateTempSubdirectory("papers-damage-").FullName;
    private readonly Dictionary<string, byte[]> _files = [];
    private IReadOnlyList<(string, double)> _answers = [];

    private string IndexFolder => Path.Combine(_root, "index");

    public async ValueTask InitializeAsync()
    {
        await using (var papers = await TemporaryPapers.CreateAsync(root: _root))
        {
            // In two parts with a change between them, so that there are segments and deleted documents.
            var stored = await SearchFixture.StoreAsync(papers, [.. SearchFixture.Collection().Take(20)]);
            await papers.Get<IndexCatchUp>().RunAsync(null, TestContext.Current.CancellationToken);
            await SearchFixture.SetUpvotesAsync(papers, stored[3].Id, 5);
            await SearchFixture.StoreAsync(papers, [.. SearchFixture.Collection().Skip(20)]);
            await papers.Get<IndexCatchUp>().RunAsync(null, TestContext.Current.CancellationToken);
            _answers = await AnswersAsync(papers);
        }
        foreach (var file in Directory.GetFiles(IndexFolder))
            _files[Path.GetFileName(file)] = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        _files.Remove("writer.lock");
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_root, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Damage_at_any_place_of_any_file_never_gives_wrong_answers_and_a_rebuilding_is_said_once() =>
        await Gen.Select(Gen.Int[0, _files.Count - 1].Select(i => _files.Keys.Order(StringComparer.Ordinal).ElementAt(i)), Gen.Enum<Damage>(), Gen.Double[0, 0.999])
            .SampleAsync(AssertHealsAsync, iter: 30, threads: 1);

    private async Task AssertHealsAsync(string name, Damage damage, double place)
    {
        foreach (var file in Directory.GetFiles(IndexFolder))
            File.Delete(file);
        foreach (var (file, bytes) in _files)
            await File.WriteAllBytesAsync(Path.Combine(IndexFolder, file), bytes, TestContext.Current.CancellationToken);
        damage.Apply(Path.Combine(IndexFolder, name), place);

        using var log = new CollectedLog();
        await using var papers = await TemporaryPapers.CreateAsync(configure: services => services.AddSingleton<ILoggerProvider>(log), root: _root);
        Assert.Equal(CatchUpOutcome.Current, await papers.Get<IndexCatchUp>().RunAsync(null, TestContext.Current.CancellationToken));
        Assert.Equal(_answers, await AnswersAsync(papers));
        Assert.InRange(log.Lines.Count, 0, 1);
        Assert.All(log.Lines, line => Assert.Contains($"'{IndexFolder}' is damaged; it is built anew", line, StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<(string, double)>> AnswersAsync(TemporaryPapers papers)
    {
        var answers = new List<(string, double)>();
        foreach (var text in Queries)
        {
            var results = await papers.Get<PaperSearch>().SearchAsync(new SearchRequest { Text = text, PageSize = 100, Sort = SearchSort.Newest }, TestContext.Current.CancellationToken);
            answers.Add((text, results.Total));
            answers.AddRange(results.Hits.Select(hit => (hit.Paper.Title, (double)hit.Paper.Upvotes)));
        }
        return answers;
    }
}
