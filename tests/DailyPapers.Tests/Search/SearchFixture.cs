using DailyPapers.Papers;
using DailyPapers.Search;
using DailyPapers.Storage;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Tests.Search;

/// <summary>Three dozen invented papers, stored and indexed once for the tests that only ask.</summary>
public sealed class SearchFixture : IAsyncLifetime
{
    private TemporaryPapers? _papers;

    internal TemporaryPapers Papers => _papers!;

    internal PaperSearch Search => Papers.Get<PaperSearch>();

    public async ValueTask InitializeAsync()
    {
        _papers = await TemporaryPapers.CreateAsync();
        await StoreAsync(_papers, Collection());
        Assert.Equal(CatchUpOutcome.Current, await _papers.Get<IndexCatchUp>().RunAsync(null, CancellationToken.None));
    }

    public ValueTask DisposeAsync() => Papers.DisposeAsync();

    internal static async Task<IReadOnlyList<Paper>> StoreAsync(TemporaryPapers papers, IReadOnlyList<PaperRecord> records) =>
        (await papers.Get<PaperIntake>().StoreAsync(records, cancellationToken: TestContext.Current.CancellationToken)).Papers;

    internal static async Task<IReadOnlyList<string>> TitlesAsync(TemporaryPapers papers, string text) =>
        (await papers.Get<PaperSearch>().SearchAsync(new SearchRequest { Text = text, PageSize = 100 }, TestContext.Current.CancellationToken))
            .Hits.Select(h => h.Paper.Title).ToList();

    internal static async Task SetUpvotesAsync(TemporaryPapers papers, long id, int upvotes)
    {
        await using var db = await papers.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        (await db.Papers.SingleAsync(p => p.Id == id, TestContext.Current.CancellationToken)).Upvotes = upvotes;
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    internal static PaperRecord Record(string title, string? text = null, int year = 2021, params string[] authors) => new()
    {
        Source = "jsonl",
        Title = title,
        Abstract = text,
        Authors = [.. authors.Select(name => new Author { Name = name })],
        Published = new DateOnly(year, 6, 1),
    };

    internal static IReadOnlyList<PaperRecord> Collection() =>
    [
        Record("The Two-Pass Softmax Algorithm", "Softmax is usually computed in three passes over memory. We read the input twice and save a third of the bandwidth.", 2020, "Marat Dukhan", "Artsiom Ablavatski")
            with { Arxiv = ArxivId.Parse("2001.04438v1"), Categories = ["cs.PF", "cs.LG"], Keywords = ["softmax", "memory bandwidth"], CodeUrl = "https://example.org/softmax", LabSlug = "two-pass-softmax" },
        Record("Faster Exponentials on Vector Machines", "A twopass scheme for exponentials that vectorises well.", 2019, "Maria Dukhan"),
        Record("Passing Two Messages at Once", "Message passing between two agents, without any softmax.", 2018, "Ilse Brandt"),
        Record("To Be or Not to Be Robust", "Whether robustness is worth its price.", 2022, "Olu Adeyemi"),
        Record("Being Robust Is Not Enough", "To want robustness or not: a question of cost, and what it is to be safe.", 2023, "Olu Adeyemi", "K. M. Ito"),
        Record("Generalization in Overparameterized Networks", "We study the generalization of networks that interpolate noisy labels.", 2021, "Ana Müller", "Bo Chen")
            with { Categories = ["stat.ML", "cs.LG"], Keywords = ["generalization", "interpolation"] },
        Record("A General Theory of Tables", "Tables in general, and their joins.", 2017, "Rita Gomez") with { Categories = ["cs.DB"] },
        Record("Learning Rates of $\\mathcal{O}(1/n^2)$ for Ridge Regression", "We prove fast rates for ridge regression with $\\ell_2$ penalties.", 2016, "Søren Løvborg") with { Categories = ["stat.ML"] },
        Record("深度学习与语音识别", "本文研究语音识别。", 2020, "王伟"),
        Record("Обучение без учителя", "Мы изучаем обучение без учителя.", 2015, "Иван Петров"),
        Record("Fast Kernels in C++", "Hand-written kernels in C++ against those in C#.", 2014, "Dana White"),
        Record("Attention Is All One Needs", "Sequence models with attention alone.", 2017, "Nia Okafor") with { Keywords = ["attention", "transformers"], Venue = "NeurIPS" },
        Record("Sparse Attention for Long Documents", "Attention over long documents costs too much; sparsity helps.", 2020, "Nia Okafor", "Bo Chen") with { Keywords = ["attention", "long documents"], Summary = "Shows that a sparse pattern keeps accuracy." },
        Record("Linear Attention Revisited", "A kernel view of attention with linear cost for transformers.", 2021, "Ravi Patel") with { Keywords = ["attention"], CodeUrl = "https://example.org/linear" },
        .. Enumerable.Range(1, 22).Select(i => Record(
            $"Gradient Noise Study Number {i}", "A study of gradient noise in stochastic optimization. " + string.Concat(Enumerable.Repeat("It is long. ", i)), 2000 + i, "Greta Noise")),
    ];
}
