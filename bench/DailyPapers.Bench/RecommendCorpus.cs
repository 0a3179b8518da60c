using System.Text;
using DailyPapers.Community.Recommending;
using DailyPapers.Papers;
using DailyPapers.Search.Semantic;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Bench;

/// <summary>
/// The corpus parted by time, with interests to simulate readers by: a phrase that somebody gave as a keyword and that stands
/// in many titles. Papers with it in the title are what a reader with that interest likes.
/// </summary>
internal sealed class RecommendCorpus
{
    private const int FirstNewYear = 2024;
    private const int OldestLikedYear = 2017;
    private const int FewestOld = 40;
    private const int FewestNew = 8;
    private const int MostNew = 150;
    private const int LongestPhrase = 3;

    private RecommendCorpus(
        Dictionary<long, PaperFeatures> features, List<long> old, List<long> pool, Dictionary<string, List<long>> likedOld, Dictionary<string, List<long>> likedNew) =>
        (Features, Old, Pool, LikedOld, LikedNew) = (features, old, pool, likedOld, likedNew);

    public IReadOnlyDictionary<long, PaperFeatures> Features { get; }

    /// <summary>Papers a reader may have liked already.</summary>
    public IReadOnlyList<long> Old { get; }

    /// <summary>New papers to choose from, the newest first as far as that is known.</summary>
    public IReadOnlyList<long> Pool { get; }

    /// <summary>The old papers of each interest.</summary>
    public IReadOnlyDictionary<string, List<long>> LikedOld { get; }

    /// <summary>The papers of the pool of each interest.</summary>
    public IReadOnlyDictionary<string, List<long>> LikedNew { get; }

    public static async Task<RecommendCorpus> ReadAsync(BenchData bench, CancellationToken cancellationToken)
    {
        await using var db = await bench.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(cancellationToken);
        var papers = await db.Papers.AsNoTracking()
            .Where(p => p.Published.Year >= OldestLikedYear)
            .OrderByDescending(p => p.Published).ThenByDescending(p => p.Id)
            .Select(p => new { p.Id, p.Published, p.Title, p.Keywords, p.Authors })
            .ToListAsync(cancellationToken);
        var keywords = await db.Papers.AsNoTracking().Select(p => p.Keywords).ToListAsync(cancellationToken);
        var known = keywords.SelectMany(list => list).Select(keyword => keyword.ToLowerInvariant()).Where(keyword => keyword.Length >= 5).ToHashSet();

        using var lease = bench.Get<SemanticIndex>().Acquire() ?? throw new InvalidOperationException("The papers have no vectors.");
        var features = new Dictionary<long, PaperFeatures>();
        foreach (var paper in papers)
        {
            var vector = new float[lease.Vectors.Dimensions];
            var terms = PaperFeatures.TermsOf(new Paper { Key = "", Title = "", TitleFingerprint = "", Source = "", Authors = paper.Authors, Keywords = paper.Keywords });
            features[paper.Id] = new PaperFeatures(lease.Vectors.TryGetVector(paper.Id, vector) ? vector : [], terms);
        }
        var pool = papers.Where(p => p.Published.Year >= FirstNewYear).Take(FeatureTable.NewestPapers).Select(p => p.Id).ToHashSet();
        var old = papers.Where(p => p.Published.Year < FirstNewYear).Select(p => p.Id).ToHashSet();
        var (likedOld, likedNew) = (new Dictionary<string, List<long>>(), new Dictionary<string, List<long>>());
        foreach (var paper in papers)
        {
            foreach (var phrase in Phrases(paper.Title).Where(known.Contains).Distinct())
            {
                if (old.Contains(paper.Id))
                    Add(likedOld, phrase, paper.Id);
                else if (pool.Contains(paper.Id))
                    Add(likedNew, phrase, paper.Id);
            }
        }
        var interests = likedNew.Where(pair => pair.Value.Count is >= FewestNew and <= MostNew && likedOld.GetValueOrDefault(pair.Key)?.Count >= FewestOld).Select(pair => pair.Key).ToHashSet();
        return new RecommendCorpus(
            features,
            [.. papers.Select(p => p.Id).Where(old.Contains)],
            [.. papers.Select(p => p.Id).Where(pool.Contains)],
            interests.ToDictionary(phrase => phrase, phrase => likedOld[phrase]),
            interests.ToDictionary(phrase => phrase, phrase => likedNew[phrase]));
    }

    private static void Add(Dictionary<string, List<long>> lists, string phrase, long id)
    {
        if (!lists.TryGetValue(phrase, out var list))
            lists[phrase] = list = [];
        list.Add(id);
    }

    private static IEnumerable<string> Phrases(string title)
    {
        var words = title.ToLowerInvariant().Split([' ', ':', ',', ';', '?', '!', '(', ')', '"'], StringSplitOptions.RemoveEmptyEntries);
        for (var first = 0; first < words.Length; first++)
        {
            var phrase = new StringBuilder();
            for (var last = first; last < Math.Min(words.Length, first + LongestPhrase); last++)
                yield return phrase.Append(last > first ? " " : "").Append(words[last]).ToString();
        }
    }
}
