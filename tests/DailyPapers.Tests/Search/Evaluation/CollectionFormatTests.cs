using CsCheck;
using DailyPapers.Search.Evaluation;

namespace DailyPapers.Tests.Search.Evaluation;

public sealed class CollectionFormatTests : IDisposable
{
    private readonly EvaluationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_BEIR_folder_is_read_gzipped_or_not_with_our_own_fields()
    {
        _folder.Write("set/corpus.jsonl.gz",
            """{"_id": "d1", "title": "Two passes", "text": "over memory", "metadata": {"x": 1}}""",
            "",
            """{"_id": 7, "text": "", "keywords": ["softmax"], "authors": ["A. Author"], "year": 2020}""");
        _folder.Write("set/queries.jsonl", """{"_id": "q1", "text": "softmax"}""", """{"id": "q2", "text": "unjudged"}""");
        _folder.Write("set/qrels/test.tsv", "query-id\tcorpus-id\tscore", "q1\td1\t2", "q1\t7\t0");

        var collection = BeirFolder.Read(Path.Combine(_folder.Path, "set"));

        Assert.Equal("set", collection.Name);
        Assert.Equal(["d1", "7"], collection.Documents.Select(document => document.Id));
        Assert.Equal(("Two passes", "over memory"), (collection.Documents[0].Title, collection.Documents[0].Text));
        Assert.Equal(("", "softmax", "A. Author", 2020), (collection.Documents[1].Title, collection.Documents[1].Keywords[0], collection.Documents[1].Authors[0], collection.Documents[1].Year));
        Assert.Equal(["q1"], collection.JudgedQueries.Select(query => query.Id));
        Assert.Equal(new Dictionary<string, int> { ["d1"] = 2, ["7"] = 0 }, collection.Judgements.Of("q1"));
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        var judgements = new Judgements();
        judgements.Add("q1", "d1", 3);
        var written = new JudgedCollection(
            "copy", [new JudgedDocument("d1", "A \"title\"\ton π", "Text\nin lines") { Keywords = ["a", "b"], Year = 1999 }, new JudgedDocument("d2", "", "")], [new JudgedQuery("q1", "ünïcode?")], judgements);
        var path = Path.Combine(_folder.Path, "copy");
        BeirFolder.Write(path, written);
        var read = BeirFolder.Read(path);
        Assert.Equal(written.Queries, read.Queries);
        Assert.Equal(written.Documents.Select(document => (document.Id, document.Title, document.Text, string.Join('|', document.Keywords), document.Year)),
            read.Documents.Select(document => (document.Id, document.Title, document.Text, string.Join('|', document.Keywords), document.Year)));
        Assert.Equal(3, read.Judgements.Of("q1")["d1"]);
    }

    [Theory]
    [InlineData(2, "\"_id\"", """{"_id": "a", "text": ""}""", """{"text": "no name"}""")]
    [InlineData(1, "\"text\"", """{"_id": "a", "title": "t"}""")]
    [InlineData(3, "second time", """{"_id": "a", "text": ""}""", "", """{"_id": "a", "text": ""}""")]
    [InlineData(1, "JSON", "not json")]
    [InlineData(1, "year", """{"_id": "a", "text": "", "year": "long ago"}""")]
    public void A_malformed_line_of_a_corpus_is_named_with_what_is_wrong(int line, string says, params string[] lines)
    {
        _folder.Write("set/corpus.jsonl", lines);
        _folder.Write("set/queries.jsonl", """{"_id": "q", "text": "t"}""");
        _folder.Write("set/qrels/test.tsv", "q\ta\t1");
        var error = Assert.Throws<EvaluationFormatException>(() => BeirFolder.Read(Path.Combine(_folder.Path, "set")));
        Assert.Equal(line, error.Line);
        Assert.Contains($"corpus.jsonl:{line}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_folder_lacks_is_said()
    {
        Assert.Contains("no such folder", Assert.Throws<EvaluationFormatException>(() => BeirFolder.Read(Path.Combine(_folder.Path, "none"))).Message, StringComparison.Ordinal);
        _folder.Write("set/queries.jsonl", """{"_id": "q", "text": "t"}""");
        _folder.Write("set/qrels/dev.tsv", "q\ta\t1");
        var folder = Path.Combine(_folder.Path, "set");
        Assert.Contains("dev.tsv", Assert.Throws<EvaluationFormatException>(() => BeirFolder.Read(folder)).Message, StringComparison.Ordinal);
        Assert.Contains("corpus.jsonl", Assert.Throws<EvaluationFormatException>(() => BeirFolder.Read(folder, "dev")).Message, StringComparison.Ordinal);
        _folder.Write("set/qrels/test.tsv", "other\ta\t1");
        Assert.Contains("'other'", Assert.Throws<EvaluationFormatException>(() => BeirFolder.Read(folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Judgements_are_read_in_the_form_of_TREC_and_of_BEIR()
    {
        var trec = Judgements.Read(_folder.Write("qrels.txt", "401 0 FBIS3-1 1", "401\t0\tFBIS3-2  0", "402 0 FT9 -2"));
        Assert.Equal(["401", "402"], trec.QueryIds);
        Assert.Equal((1, 0, -2), (trec.Of("401")["FBIS3-1"], trec.Of("401")["FBIS3-2"], trec.Of("402")["FT9"]));
        var beir = Judgements.Read(_folder.Write("test.tsv.gz", "query-id\tcorpus-id\tscore", "q1\td1\t2"));
        Assert.Equal(2, beir.Of("q1")["d1"]);
        Assert.Empty(beir.Of("unknown"));
    }

    [Theory]
    [InlineData(1, "columns", "only two")]
    [InlineData(2, "whole number", "q 0 a 1", "q 0 b good")]
    [InlineData(3, "grade 1 for query 'q'", "q 0 a 1", "q 0 a 1", "q 0 a 2")]
    [InlineData(0, "no judgement", "query-id\tcorpus-id\tscore")]
    public void Malformed_judgements_are_named(int line, string says, params string[] lines)
    {
        var error = Assert.Throws<EvaluationFormatException>(() => Judgements.Read(_folder.Write("qrels", lines)));
        Assert.Equal(line, error.Line);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Topics_are_read_as_lines_and_in_the_classic_form_with_and_without_closing_tags()
    {
        Assert.Equal([new JudgedQuery("1", "softmax memory"), new JudgedQuery("2", "why?")], TrecTopics.Read(_folder.Write("topics.tsv", "1\tsoftmax memory", "2\twhy?")));
        var classic = TrecTopics.Read(_folder.Write("topics.txt",
            "<top>", "<num> Number: 401", "<title> foreign minorities,", "Germany", "", "<desc> Description:", "What language and cultural differences", "<narr> Narrative:", "Not read.", "</top>",
            "<top>", "<num>402</num>", "<title>behavioral genetics</title>", "<desc>What</desc>", "</top>"));
        Assert.Equal([new JudgedQuery("401", "foreign minorities, Germany"), new JudgedQuery("402", "behavioral genetics")], classic);
    }

    [Theory]
    [InlineData(2, "no tab", "1\tfine", "no tab here")]
    [InlineData(1, "no </top>", "<top>", "<num> 1", "<title> t")]
    [InlineData(2, "second time", "1\ta", "1\tb")]
    [InlineData(3, "no title", "<top>", "<num> 1", "</top>")]
    public void Malformed_topics_are_named(int line, string says, params string[] lines)
    {
        var error = Assert.Throws<EvaluationFormatException>(() => TrecTopics.Read(_folder.Write("topics", lines)));
        Assert.Equal(line, error.Line);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_is_ordered_by_score_then_by_descending_name_whatever_its_ranks_say()
    {
        var run = TrecRun.Read(_folder.Write("mine.run", "q Q0 a 1 0.5 tag", "q Q0 b 2 0.5 tag", "q Q0 c 3 7e-1 tag", "p Q0 a 1 -3 tag"));
        Assert.Equal("tag", run.Tag);
        Assert.Equal(["c", "b", "a"], run.Rankings["q"].Select(hit => hit.Id));
        Assert.Equal(["a"], run.Rankings["p"].Select(hit => hit.Id));
    }

    [Theory]
    [InlineData(1, "six columns", "q Q0 a 1 0.5")]
    [InlineData(1, "number", "q Q0 a 1 NaN tag")]
    [InlineData(2, "second time", "q Q0 a 1 1 tag", "q Q0 a 2 0.5 tag")]
    [InlineData(0, "no line")]
    public void Malformed_runs_are_named(int line, string says, params string[] lines)
    {
        var error = Assert.Throws<EvaluationFormatException>(() => TrecRun.Read(_folder.Write("run", lines)));
        Assert.Equal(line, error.Line);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_written_run_keeps_the_order_even_of_equal_scores() => Gen.Select(Gen.Int[1, 40], Gen.Float[-1, 1].Array[40]).Sample(
        (count, scores) =>
        {
            var ranking = scores.Take(count).Select(score => MathF.Round(score, 1)).OrderDescending()
                .Select((score, i) => new RankedDocument($"d{i % 7}-{i}", score)).ToList();
            var file = Path.Combine(_folder.Path, "order.run");
            new TrecRun("mine", new Dictionary<string, IReadOnlyList<RankedDocument>> { ["q"] = ranking }).Write(file);
            Assert.Equal(ranking.Select(hit => hit.Id), TrecRun.Read(file).Rankings["q"].Select(hit => hit.Id));
        },
        iter: 50, threads: 1);
}
