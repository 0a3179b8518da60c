using DailyPapers.Embedding;

namespace DailyPapers.Lab.Retrieval;

/// <summary>Queries with known answers among documents, made from papers that no training has seen.</summary>
/// <param name="Name">What is searched for by what.</param>
/// <param name="Documents">What are searched.</param>
/// <param name="Queries">Each query's text and the documents that answer it.</param>
public sealed record RetrievalTask(string Name, IReadOnlyList<RetrievalDocument> Documents, IReadOnlyList<RetrievalQuery> Queries)
{
    private const int FewestSentences = 4;

    /// <summary>The tasks that papers provide: a held-out paper is searched for by its title, a sentence, or a keyword. A task for which the papers have no query is left out.</summary>
    /// <param name="papers">All papers: the held-out ones are searched for among all, except by keyword.</param>
    /// <param name="mostQueries">The most queries of a task, evenly spread over the held-out papers.</param>
    public static IReadOnlyList<RetrievalTask> From(IReadOnlyList<TrainingPaper> papers, int mostQueries)
    {
        ArgumentNullException.ThrowIfNull(papers);
        var heldOut = Enumerable.Range(0, papers.Count).Where(i => papers[i].Abstract.Length > 0 && HeldOut.Contains(papers[i].Title)).ToList();
        RetrievalTask[] tasks = [ByTitle(papers, Spread(heldOut, mostQueries)), BySentence(papers, heldOut, mostQueries), .. ByKeyword(papers, heldOut, mostQueries)];
        return [.. tasks.Where(task => task.Queries.Count > 0)];
    }

    private static RetrievalTask ByTitle(IReadOnlyList<TrainingPaper> papers, List<int> chosen) => new(
        "title to abstract, among all",
        [.. papers.Select(paper => new RetrievalDocument(null, paper.Abstract))],
        [.. chosen.Select(i => new RetrievalQuery(papers[i].Title, [i]))]);

    private static RetrievalTask BySentence(IReadOnlyList<TrainingPaper> papers, List<int> heldOut, int mostQueries)
    {
        var sentences = heldOut.ToDictionary(i => i, i => TokenizedPaper.SentencesOf(papers[i].Abstract).ToList());
        var chosen = Spread([.. heldOut.Where(i => sentences[i].Count >= FewestSentences)], mostQueries);
        var documents = papers.Select(paper => new RetrievalDocument(paper.Title, paper.Abstract)).ToArray();
        var queries = new List<RetrievalQuery>();
        foreach (var i in chosen)
        {
            var middle = sentences[i].Count / 2;
            documents[i] = new RetrievalDocument(papers[i].Title, string.Join(' ', sentences[i].Where((_, at) => at != middle)));
            queries.Add(new RetrievalQuery(sentences[i][middle], [i]));
        }
        return new RetrievalTask("sentence to the rest of its paper, among all", documents, queries);
    }

    private static IEnumerable<RetrievalTask> ByKeyword(IReadOnlyList<TrainingPaper> papers, List<int> heldOut, int mostQueries)
    {
        var documents = heldOut.Select(i => new RetrievalDocument(papers[i].Title, papers[i].Abstract)).ToList();
        var carriers = Enumerable.Range(0, heldOut.Count)
            .SelectMany(at => papers[heldOut[at]].Keywords.Select(keyword => keyword.ToLowerInvariant()).Distinct().Select(keyword => (keyword, at)))
            .ToLookup(pair => pair.keyword, pair => pair.at);
        yield return new RetrievalTask(
            "keyword to papers, among the held-out",
            documents,
            [.. Spread([.. carriers.OrderBy(group => group.Key, StringComparer.Ordinal)], mostQueries).Select(group => new RetrievalQuery(group.Key, [.. group]))]);
        yield return new RetrievalTask(
            "all keywords to their paper, among the held-out",
            documents,
            [.. Spread([.. Enumerable.Range(0, heldOut.Count).Where(at => papers[heldOut[at]].Keywords.Count > 1)], mostQueries)
                .Select(at => new RetrievalQuery(string.Join(", ", papers[heldOut[at]].Keywords), [at]))]);
    }

    private static List<T> Spread<T>(List<T> items, int most) =>
        items.Count <= most ? items : [.. Enumerable.Range(0, most).Select(i => items[(int)((long)i * items.Count / most)])];
}
