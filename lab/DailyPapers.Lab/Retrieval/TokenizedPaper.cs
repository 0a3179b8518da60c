using DailyPapers.Embedding.Text;

namespace DailyPapers.Lab.Retrieval;

/// <summary>A paper's parts as token numbers.</summary>
internal sealed class TokenizedPaper
{
    private TokenizedPaper(int[] title, int[][] keywords, int[][] sentences) => (Title, Keywords, Sentences) = (title, keywords, sentences);

    public int[] Title { get; }

    public int[][] Keywords { get; }

    /// <summary>The sentences of the abstract that hold any known token.</summary>
    public int[][] Sentences { get; }

    public static TokenizedPaper Of(TrainingPaper paper, Vocabulary vocabulary) => new(
        Tokens(paper.Title, vocabulary),
        [.. paper.Keywords.Select(keyword => Tokens(keyword, vocabulary)).Where(tokens => tokens.Length > 0)],
        [.. SentencesOf(paper.Abstract).Select(sentence => Tokens(sentence, vocabulary)).Where(tokens => tokens.Length > 0)]);

    /// <summary>Splits where a full stop, question or exclamation mark is followed by a space and a capital.</summary>
    public static IEnumerable<string> SentencesOf(string text)
    {
        var start = 0;
        for (var i = 1; i + 1 < text.Length; i++)
        {
            if (text[i - 1] is '.' or '?' or '!' && text[i] == ' ' && char.IsUpper(text[i + 1]) && i - start > 20)
            {
                yield return text[start..i];
                start = i + 1;
            }
        }
        if (start < text.Length)
            yield return text[start..];
    }

    private static int[] Tokens(string text, Vocabulary vocabulary)
    {
        var tokens = new int[Vocabulary.MostTokens(text.Length)];
        return tokens[..vocabulary.Tokenize(text, tokens)];
    }
}
