namespace DailyPapers.Lab.Retrieval;

/// <summary>Draws two texts about one paper, which share no passage.</summary>
internal sealed class PairDraw(IReadOnlyList<float> shares, float dropout, int titleCount, Random random)
{
    private const int FewestSentencesToSplit = 3;

    public void Draw(TokenizedPaper paper, TextBatch queries, TextBatch documents)
    {
        switch (DrawKind())
        {
            case PairKind.KeywordsAndPaper when paper.Keywords.Length > 0:
                Add(queries, SomeOf(paper.Keywords));
                Add(documents, paper.Sentences.Concat(Titles(paper)));
                break;
            case PairKind.SentenceAndRest when paper.Sentences.Length >= FewestSentencesToSplit:
                var chosen = random.Next(paper.Sentences.Length);
                Add(queries, [paper.Sentences[chosen]]);
                Add(documents, paper.Sentences.Where((_, i) => i != chosen).Concat(Titles(paper)));
                break;
            case PairKind.TitleWordsAndAbstract:
                Add(queries, [SpanOf(paper.Title)]);
                Add(documents, paper.Sentences);
                break;
            case PairKind.Halves when paper.Sentences.Length >= FewestSentencesToSplit:
                var mask = random.Next(1, (1 << Math.Min(paper.Sentences.Length, 30)) - 1);
                Add(queries, paper.Sentences.Where((_, i) => (mask >> i & 1) != 0));
                Add(documents, paper.Sentences.Where((_, i) => (mask >> i & 1) == 0));
                break;
            default:
                Add(queries, [paper.Title]);
                Add(documents, paper.Sentences.Concat(paper.Keywords));
                break;
        }
    }

    private IEnumerable<int[]> Titles(TokenizedPaper paper) => Enumerable.Repeat(paper.Title, titleCount);

    private void Add(TextBatch batch, IEnumerable<int[]> parts) => batch.Add(parts, dropout, random);

    private PairKind DrawKind()
    {
        var point = random.NextSingle() * shares.Sum();
        var kind = 0;
        while (kind < shares.Count - 1 && (point -= shares[kind]) >= 0)
            kind++;
        return (PairKind)kind;
    }

    private IEnumerable<int[]> SomeOf(int[][] keywords)
    {
        var chosen = keywords.ToArray();
        random.Shuffle(chosen);
        return chosen.Take(random.Next(1, chosen.Length + 1));
    }

    private int[] SpanOf(int[] tokens)
    {
        var length = Math.Min(tokens.Length, random.Next(2, 7));
        var start = random.Next(tokens.Length - length + 1);
        return tokens[start..(start + length)];
    }

    private enum PairKind
    {
        TitleAndAbstract,
        KeywordsAndPaper,
        SentenceAndRest,
        TitleWordsAndAbstract,
        Halves,
    }
}
