using CsCheck;
using DailyPapers.Search.Indexing;
using DailyPapers.Search.Queries;
using DailyPapers.Search.Retrieval;
using Lucene.Net.Index;
using Lucene.Net.Search;

namespace DailyPapers.Tests.Search.Retrieval;

public class LexicalRetrievalTests
{
    private static readonly LexicalRetrieval Retrieval = new(new QueryCompiler(new FieldBoosts()));

    [Fact]
    public void The_few_best_are_the_first_of_all()
    {
        using var index = new RandomIndex(seed: 1, papers: 1_000);
        using var lease = index.Papers.Acquire()!;
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[1, 6], Gen.Int[1, 40], Gen.Int[0, 4]).Sample((seed, words, depth, form) =>
        {
            var query = QueryParser.Parse(TextOf(new Random(seed), words, form));
            var all = Retrieval.Best(lease.Searcher, query, filter: null, 2_000);
            var best = Retrieval.Best(lease.Searcher, query, filter: null, depth);
            Assert.Equal(all.Scores.Take(depth), best.Scores);
            // Among papers of one score any may be the last.
            var sure = best.Scores.Count(score => score > best.Scores[^1]);
            Assert.Equal(all.PaperIds.Take(sure), best.PaperIds.Take(sure));
        });
    }

    [Fact]
    public void Scores_are_those_of_Lucene_and_what_each_word_counts_for_being_there()
    {
        using var index = new RandomIndex(seed: 2, papers: 1_000, withChanges: false);
        using var lease = index.Papers.Acquire()!;
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[1, 6]).Sample((seed, count) =>
        {
            var words = RandomIndex.Words(new Random(seed), count).Split(' ').Distinct().ToArray();
            var found = Retrieval.Best(lease.Searcher, QueryParser.Parse(string.Join(" OR ", words) + " "), filter: null, 2_000);
            var expected = new Dictionary<int, float>();
            foreach (var word in words)
            {
                foreach (var hit in lease.Searcher.Search(new TermQuery(new Term(IndexField.Text, word)), 2_000).ScoreDocs)
                    expected[hit.Doc] = expected.GetValueOrDefault(hit.Doc) + hit.Score + RankedWalk.Presence;
            }
            Assert.Equal(expected.Keys.Order(), found.Documents.Order());
            for (var i = 0; i < found.Documents.Length; i++)
                Assert.Equal(expected[found.Documents[i]], found.Scores[i], 0.001f);
            Assert.Equal(found.Scores.OrderDescending(), found.Scores);
        }, iter: 50);
    }

    [Fact]
    public void Papers_are_found_by_their_latest_document_alone()
    {
        using var index = new RandomIndex(seed: 3, papers: 1_000);
        using var lease = index.Papers.Acquire()!;
        var reader = lease.Searcher.IndexReader;
        Assert.True(reader.Leaves.Count > 1 && reader.HasDeletions);
        for (var id = 0; id <= 1_001; id++)
        {
            var documents = lease.Searcher.Search(new TermQuery(PaperDocument.TermOf(id)), 10).ScoreDocs;
            Assert.Equal(documents.Length == 0 ? -1 : Assert.Single(documents).Doc, PaperTable.Find(reader, id));
        }
    }

    private static string TextOf(Random random, int words, int form) => form switch
    {
        0 => RandomIndex.Words(random, words) + " ",
        1 => string.Join(" OR ", RandomIndex.Words(random, words).Split(' ')) + " ",
        2 => $"\"{RandomIndex.Words(random, 2)}\" {RandomIndex.Words(random, words)} ",
        3 => $"{RandomIndex.Words(random, words)} -{RandomIndex.Word(random)} ",
        _ => $"{RandomIndex.Words(random, words)} year:2003-2012 ",
    };
}
