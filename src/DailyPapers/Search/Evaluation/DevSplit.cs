using System.IO.Hashing;
using System.Text;
using DailyPapers.Embedding;
using DailyPapers.Search.Queries;
using DailyPapers.Search.Text;

namespace DailyPapers.Search.Evaluation;

/// <summary>
/// Makes judged collections of papers alone. The queries come from held-out papers (<see cref="HeldOut"/>), which no training sees.
/// The same papers, in whatever order, give the same collections.
/// </summary>
/// <param name="papers">The papers, each <see cref="PaperKey"/> once.</param>
/// <param name="mostQueries">The most queries of a collection; of more, a sample is taken.</param>
/// <param name="seed">Chooses the sample and the words of title fragments.</param>
public sealed class DevSplit(IReadOnlyList<SplitPaper> papers, int mostQueries = 1_000, int seed = 1)
{
    private const int FragmentWords = 3;
    private const int FewestPapersOfKeyword = 2;
    private const int MostPapersOfKeyword = 50;

    private readonly List<(string Key, SplitPaper Paper)> _papers =
        [.. papers.Select(paper => (Key: PaperKey.Of(paper.Title), Paper: paper)).OrderBy(each => each.Key, StringComparer.Ordinal)];

    /// <summary>From a held-out paper's title to its abstract, among the abstracts of all papers, without titles and keywords.</summary>
    public JudgedCollection TitleToAbstract() => KnownItems(
        "title-to-abstract",
        each => each.Paper.Title,
        each => new JudgedDocument(each.Key, "", each.Paper.Abstract),
        each => each.Paper.Abstract.Length > 0);

    /// <summary>From three words of a held-out paper's title to the paper, among all papers with title, abstract and keywords.</summary>
    public JudgedCollection TitleFragment() => KnownItems("title-fragment", Fragment, Whole, _ => true);

    /// <summary>
    /// From a keyword of a held-out paper to the papers that have it, among the papers that have keywords, with title and abstract but
    /// without the keywords. Keywords of 2 to 50 papers; papers without keywords stay out, since for them nobody has said which apply.
    /// </summary>
    public JudgedCollection KeywordToPaper()
    {
        var withKeywords = _papers.Where(each => each.Paper.Keywords.Any(keyword => KeywordText(keyword) is not null)).ToList();
        // Spellings that differ in hyphens or spaces alone are one keyword, asked for in one of them.
        var byQuery = new Dictionary<string, (string Text, List<(string Key, SplitPaper Paper)> Having)>(StringComparer.Ordinal);
        foreach (var each in withKeywords)
        {
            foreach (var keyword in each.Paper.Keywords.Select(KeywordText).OfType<string>().DistinctBy(QueryId, StringComparer.Ordinal))
            {
                if (!byQuery.TryGetValue(QueryId(keyword), out var query))
                    byQuery.Add(QueryId(keyword), query = (keyword, []));
                query.Having.Add(each);
            }
        }
        var chosen = Sample(
            byQuery
                .Where(entry => entry.Value.Having.Count is >= FewestPapersOfKeyword and <= MostPapersOfKeyword && entry.Value.Having.Any(each => HeldOut.Contains(each.Paper.Title)))
                .Select(entry => entry.Key));
        var judgements = new Judgements();
        foreach (var id in chosen)
        {
            foreach (var (key, _) in byQuery[id].Having)
                judgements.Add(id, key, 1);
        }
        return new JudgedCollection(
            "keyword-to-paper",
            [.. withKeywords.Select(each => Whole(each) with { Keywords = [] })],
            [.. chosen.Select(id => new JudgedQuery(id, byQuery[id].Text))],
            judgements);
    }

    /// <summary>Questions to all papers with title, abstract and keywords; judgements of papers that are not there are left out, and questions that have no relevant paper then.</summary>
    public JudgedCollection Questions(IReadOnlyList<JudgedQuery> questions, Judgements judged)
    {
        var keys = _papers.Select(each => each.Key).ToHashSet(StringComparer.Ordinal);
        var judgements = new Judgements();
        var answered = new List<JudgedQuery>();
        foreach (var question in questions)
        {
            var grades = judged.Of(question.Id).Where(entry => keys.Contains(entry.Key)).ToList();
            if (!grades.Any(entry => entry.Value > 0))
                continue;
            answered.Add(question);
            foreach (var (key, grade) in grades)
                judgements.Add(question.Id, key, grade);
        }
        return new JudgedCollection("questions", [.. _papers.Select(Whole)], answered, judgements);
    }

    private JudgedCollection KnownItems(
        string name,
        Func<(string Key, SplitPaper Paper), string?> queryOf,
        Func<(string Key, SplitPaper Paper), JudgedDocument> documentOf,
        Func<(string Key, SplitPaper Paper), bool> belongs)
    {
        var all = _papers.Where(belongs).ToList();
        var sample = Sample(all.Where(each => HeldOut.Contains(each.Paper.Title) && queryOf(each) is not null).Select(each => each.Key)).ToHashSet(StringComparer.Ordinal);
        var asked = all.Where(each => sample.Contains(each.Key)).ToList();
        var judgements = new Judgements();
        foreach (var (key, _) in asked)
            judgements.Add(key, key, 1);
        return new JudgedCollection(name, [.. all.Select(documentOf)], [.. asked.Select(each => new JudgedQuery(each.Key, queryOf(each)!))], judgements);
    }

    private static JudgedDocument Whole((string Key, SplitPaper Paper) each) => new(each.Key, each.Paper.Title, each.Paper.Abstract)
    {
        Keywords = each.Paper.Keywords,
        Authors = each.Paper.Authors,
        Year = each.Paper.Year,
    };

    // Null for a title that the three words would be all of.
    private string? Fragment((string Key, SplitPaper Paper) each)
    {
        var words = Words.In(PlainText.OfTitle(each.Paper.Title)).Where(word => word.Length > 2 && !StopWords.Contains(word)).Distinct(StringComparer.Ordinal).ToList();
        if (words.Count <= FragmentWords)
            return null;
        var chosen = words.OrderBy(word => Lot($"{each.Key} {word}")).Take(FragmentWords).ToHashSet(StringComparer.Ordinal);
        return string.Join(' ', words.Where(chosen.Contains));
    }

    /// <summary>What a reader would type of a keyword: of a path such as <c>Machine Learning: ML: Federated learning</c> the last part; null for a remainder that was cut out of parentheses.</summary>
    private static string? KeywordText(string keyword)
    {
        var last = keyword[(keyword.LastIndexOf(':') + 1)..];
        var isWhole = last.Count(c => c == '(') == last.Count(c => c == ')');
        var text = string.Join(' ', last.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return isWhole && text.Any(char.IsLetter) ? text : null;
    }

    private static string QueryId(string keyword) => "k-" + PaperKey.Of(keyword);

    private List<string> Sample(IEnumerable<string> all) =>
        [.. all.OrderBy(Lot).ThenBy(each => each, StringComparer.Ordinal).Take(mostQueries).Order(StringComparer.Ordinal)];

    private ulong Lot(string name) => XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(name), seed);
}
