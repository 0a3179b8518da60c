using DailyPapers.Embedding;
using DailyPapers.Search.Evaluation;

namespace DailyPapers.Tests.Search.Evaluation;

public sealed class DevSplitTests : IDisposable
{
    private static readonly string[] Topics = ["Softmax", "Attention", "Grasping", "Bandits", "Pruning", "Fairness", "Diffusion", "Retrieval"];

    private readonly EvaluationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Three hundred invented papers, of which about thirty are held out.</summary>
    private static List<SplitPaper> Papers() =>
        [.. Enumerable.Range(0, 300).Select(i => new SplitPaper(
            $"Studying {Topics[i % 8]} Under Condition{i} with Device{i * 7}",
            i % 20 == 3 ? "" : $"We study {Topics[i % 8]} and report what happened in case {i}.",
            i % 2 == 0 ? [$"Machine Learning: ML: {Topics[i % 8]} {i % 3}", "Detection (Faces"] : [],
            ["Ada Example"],
            2000 + (i % 20)))];

    [Fact]
    public void A_key_hangs_on_letters_and_digits_alone_and_never_changes()
    {
        Assert.Equal("dfd4261702b7", PaperKey.Of("The Two-Pass Softmax Algorithm"));
        Assert.Equal(PaperKey.Of("The Two-Pass Softmax Algorithm"), PaperKey.Of("  the two pass SOFTMAX algorithm. "));
        Assert.NotEqual(PaperKey.Of("The Two-Pass Softmax Algorithm"), PaperKey.Of("The Three-Pass Softmax Algorithm"));
    }

    [Fact]
    public void The_order_of_the_papers_makes_no_difference()
    {
        var files = new[] { Papers(), Enumerable.Reverse(Papers()).ToList() }.Select((papers, i) =>
        {
            var split = new DevSplit(papers, mostQueries: 15, seed: 3);
            var folder = Path.Combine(_folder.Path, $"{i}");
            foreach (var collection in new[] { split.TitleToAbstract(), split.TitleFragment(), split.KeywordToPaper() })
                BeirFolder.Write(Path.Combine(folder, collection.Name), collection);
            return Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(file => Path.GetRelativePath(folder, file), File.ReadAllBytes);
        }).ToList();
        Assert.Equal(9, files[0].Count);
        Assert.All(files[0], file => Assert.Equal(file.Value, files[1][file.Key]));
    }

    [Fact]
    public void Another_seed_draws_another_sample()
    {
        var (first, second) = (new DevSplit(Papers(), 10, seed: 1).TitleToAbstract(), new DevSplit(Papers(), 10, seed: 2).TitleToAbstract());
        Assert.Equal((10, 10), (first.Queries.Count, second.Queries.Count));
        Assert.NotEqual(first.Queries, second.Queries);
    }

    [Fact]
    public void Titles_of_held_out_papers_ask_for_their_abstracts_which_show_neither_title_nor_keywords()
    {
        var papers = Papers();
        var collection = new DevSplit(papers).TitleToAbstract();
        var asked = papers.Where(paper => HeldOut.Contains(paper.Title) && paper.Abstract.Length > 0).ToList();
        Assert.Equal(asked.Select(paper => paper.Title).Order(StringComparer.Ordinal), collection.Queries.Select(query => query.Text).Order(StringComparer.Ordinal));
        Assert.Equal(papers.Count(paper => paper.Abstract.Length > 0), collection.Documents.Count);
        Assert.All(collection.Documents, document => Assert.Equal(("", 0), (document.Title, document.Keywords.Count)));
        Assert.All(collection.Queries, query => Assert.Equal(PaperKey.Of(query.Text), Assert.Single(collection.Judgements.Of(query.Id)).Key));
    }

    [Fact]
    public void Three_words_of_a_held_out_title_stand_in_their_order()
    {
        var titles = Papers().ToDictionary(paper => PaperKey.Of(paper.Title), paper => paper.Title);
        var collection = new DevSplit(Papers()).TitleFragment();
        Assert.NotEmpty(collection.Queries);
        Assert.All(collection.Queries, query =>
        {
            var title = titles[query.Id].ToLowerInvariant();
            var words = query.Text.Split(' ');
            Assert.Equal(3, words.Length);
            Assert.True(HeldOut.Contains(titles[query.Id]));
            Assert.True(title.IndexOf(words[0], StringComparison.Ordinal) < title.IndexOf(words[1], StringComparison.Ordinal));
            Assert.True(title.IndexOf(words[1], StringComparison.Ordinal) < title.IndexOf(words[2], StringComparison.Ordinal));
        });
    }

    [Fact]
    public void Keywords_ask_for_all_papers_that_have_them_among_those_with_any()
    {
        var papers = Papers();
        var collection = new DevSplit(papers).KeywordToPaper();
        Assert.Equal(150, collection.Documents.Count);
        Assert.All(collection.Documents, document => Assert.Empty(document.Keywords));
        Assert.All(collection.Queries, query =>
        {
            var having = papers.Where(paper => paper.Keywords.Any(keyword => keyword.EndsWith(": " + query.Text, StringComparison.OrdinalIgnoreCase))).ToList();
            Assert.InRange(having.Count, 2, 50);
            Assert.Contains(having, paper => HeldOut.Contains(paper.Title));
            Assert.Equal(having.Select(paper => PaperKey.Of(paper.Title)).Order(StringComparer.Ordinal), collection.Judgements.Of(query.Id).Keys.Order(StringComparer.Ordinal));
        });
        // What was cut out of parentheses is no keyword.
        Assert.DoesNotContain(collection.Queries, query => query.Text.Contains('(', StringComparison.Ordinal));
    }

    [Fact]
    public void Spellings_of_a_keyword_that_differ_in_hyphens_alone_are_one_query()
    {
        var heldOut = Enumerable.Range(0, 1_000).Select(i => $"Paper {i}").First(HeldOut.Contains);
        var collection = new DevSplit(
        [
            new SplitPaper(heldOut, "one", ["auto-encoder", "Autoencoder"], [], 2020),
            new SplitPaper("Another", "two", ["autoencoder"], [], 2020),
        ]).KeywordToPaper();
        var query = Assert.Single(collection.Queries);
        Assert.Equal(2, collection.Judgements.Of(query.Id).Count);
    }

    [Fact]
    public void Questions_keep_the_judgements_of_papers_that_are_there_and_drop_out_without_an_answer()
    {
        var papers = Papers();
        var judged = new Judgements();
        judged.Add("q1", PaperKey.Of(papers[0].Title), 2);
        judged.Add("q1", "absent", 3);
        judged.Add("q2", PaperKey.Of(papers[1].Title), 0);
        judged.Add("q3", "absent", 3);
        var collection = new DevSplit(papers).Questions([new("q1", "What?"), new("q2", "Why?"), new("q3", "Who?")], judged);
        Assert.Equal(["q1"], collection.Queries.Select(query => query.Id));
        Assert.Equal(1, collection.Judgements.Count);
        Assert.Equal(papers.Count, collection.Documents.Count);
    }

    [Fact]
    public void Papers_are_read_once_each_and_lines_without_a_title_are_named()
    {
        var file = _folder.Write("papers.jsonl.gz",
            """{"title": "First", "abstract": "a", "venue": "x", "year": 2001, "keywords": ["k"], "authors": ["A"]}""", """{"title": "FIRST!"}""", """{"title": "Second", "abstract": null}""");
        Assert.Equal([("First", "a"), ("Second", "")], SplitPapers.Read(file).Select(paper => (paper.Title, paper.Abstract)));
        var error = Assert.Throws<EvaluationFormatException>(() => SplitPapers.Read(_folder.Write("bad.jsonl", """{"title": "First"}""", """{"abstract": "a"}""")));
        Assert.Equal((2, true), ((int)error.Line, error.Message.Contains("\"title\"", StringComparison.Ordinal)));
    }
}
