using System.Text;

namespace DailyPapers.Lab.Data;

/// <summary>
/// A text of letters for small language models: sentences of a probabilistic grammar, with agreement between subject and verb across a clause in
/// between, or a file of the user's own.
/// </summary>
/// <param name="Tokens">The text, symbols numbered from 0.</param>
/// <param name="Symbols">The symbol of each number.</param>
public sealed record GrammarText(IReadOnlyList<long> Tokens, IReadOnlyList<char> Symbols)
{
    /// <summary>The environment variable that may name a file with the text to use.</summary>
    public const string FileVariable = "PAPERS_LANGUAGE_TEXT";

    private static readonly string[] _singular = ["the cat", "a small dog", "the old king", "my friend", "a bird", "the green ship"];
    private static readonly string[] _plural = ["the cats", "two dogs", "many kings", "our friends", "some birds", "the ships"];
    private static readonly string[] _verbs = ["see", "find", "follow", "know", "fear", "like"];
    private static readonly string[] _endings = ["today", "at night", "by the river", "in silence", "again"];

    // #region grammar
    /// <summary>Draws sentences until the text is long enough, and cuts it there.</summary>
    /// <param name="length">Letters, at least 1.</param>
    /// <param name="seed">The stream of the text.</param>
    public static GrammarText Draw(int length, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        var random = seed.ToRandom();
        var text = new StringBuilder();
        while (text.Length < length)
        {
            var plural = random.Next(2) == 1;
            text.Append(Noun(plural));
            // The verb agrees with the first noun, not with the one that stands next to it.
            if (random.NextDouble() < 0.4)
            {
                var others = random.Next(2) == 1;
                text.Append(" that ").Append(Noun(others)).Append(' ').Append(Verb(others));
            }
            text.Append(' ').Append(Verb(plural)).Append(' ').Append(Noun(random.Next(2) == 1));
            if (random.NextDouble() < 0.5)
                text.Append(' ').Append(One(_endings));
            text.Append(random.NextDouble() < 0.15 ? "!\n" : ".\n");
        }
        return Of(text.ToString(0, length));

        string One(string[] choices) => choices[random.Next(choices.Length)];
        string Noun(bool many) => One(many ? _plural : _singular);
        string Verb(bool many) => many ? One(_verbs) : $"{One(_verbs)}s";
    }
    // #endregion grammar

    /// <summary>The start of the file that <see cref="FileVariable"/> names; without it, of the grammar's text.</summary>
    /// <param name="length">Letters; fewer when the file is shorter.</param>
    /// <param name="seed">The stream of the grammar's text.</param>
    public static GrammarText OfUserOr(int length, Seed seed)
    {
        if (Environment.GetEnvironmentVariable(FileVariable) is not { Length: > 0 } path)
            return Draw(length, seed);
        var text = File.ReadAllText(path);
        return Of(text.Length > length ? text[..length] : text);
    }

    /// <summary>Numbers a text's symbols in their order.</summary>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    public static GrammarText Of(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        char[] symbols = [.. text.Distinct().Order()];
        var numbers = symbols.Select((symbol, number) => (symbol, number)).ToDictionary(pair => pair.symbol, pair => (long)pair.number);
        return new([.. text.Select(symbol => numbers[symbol])], symbols);
    }

    /// <summary>The text.</summary>
    public override string ToString() => string.Concat(Tokens.Select(token => Symbols[(int)token]));
}
