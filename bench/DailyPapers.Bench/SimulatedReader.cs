namespace DailyPapers.Bench;

/// <summary>A reader with two interests, who likes papers of them and, at times, something else.</summary>
/// <param name="Liked">Old papers the reader has liked.</param>
/// <param name="Wanted">New papers the reader would like.</param>
/// <param name="Seen">New papers the reader has upvoted already: others' popularity is made of these, and they are not to be found again.</param>
internal sealed record SimulatedReader(IReadOnlyList<long> Liked, IReadOnlySet<long> Wanted, IReadOnlySet<long> Seen)
{
    // One like in five is of something else.
    private const double Noise = 0.2;
    private const double ShareSeen = 0.3;

    public static SimulatedReader Create(RecommendCorpus corpus, int likes, Random random)
    {
        var interests = corpus.LikedOld.Keys.Order(StringComparer.Ordinal).ToArray();
        random.Shuffle(interests);
        var (first, second) = (interests[0], interests[1]);
        var liked = new HashSet<long>();
        while (liked.Count < likes)
        {
            var from = random.NextDouble() < Noise ? corpus.Old : corpus.LikedOld[liked.Count % 2 == 0 ? first : second];
            liked.Add(from[random.Next(from.Count)]);
        }
        var fitting = corpus.LikedNew[first].Union(corpus.LikedNew[second]).ToList();
        var seen = fitting.Where(_ => random.NextDouble() < ShareSeen).ToHashSet();
        for (var i = 0; i < 2; i++)
            seen.Add(corpus.Pool[random.Next(corpus.Pool.Count)]);
        return new SimulatedReader([.. liked], fitting.Where(id => !seen.Contains(id)).ToHashSet(), seen);
    }
}
