namespace DailyPapers.Lab.Data;

/// <summary>
/// A language of invented words from a probabilistic context-free grammar, for language models without a corpus. Verbs agree with their
/// subjects in number, across relative clauses too; and every noun has adjectives and verbs, every verb objects that it likes.
/// </summary>
/// <remarks>
/// The rules: S → NP VP "."; NP → determiner adjective? noun (relative | preposition NP)?; relative → "that" VP | "that" NP verb;
/// VP → intransitive | transitive NP. Recursion ends at a depth. Words of a kind are drawn by Zipf's law.
/// </remarks>
public sealed class ProbabilisticGrammar
{
    private const int MostNested = 2;
    private const int Stop = 0;
    private const int That = 1;
    private const int Determiners = 3; // of each number
    private const int Prepositions = 4;

    private readonly int _nouns;
    private readonly int _verbs;
    private readonly int _adjectives;
    private readonly double _loyalty;
    private readonly int[][] _adjectivesOf;
    private readonly int[][] _verbsOf;
    private readonly int[][] _objectsOf;

    /// <summary>A language; its preferences are drawn.</summary>
    /// <param name="nouns">Nouns, each in two numbers.</param>
    /// <param name="verbs">Verbs, each in two numbers; the first third is intransitive.</param>
    /// <param name="adjectives">Adjectives.</param>
    /// <param name="liked">How many words of a kind are liked.</param>
    /// <param name="loyalty">The probability that a liked word is drawn instead of any, from 0 to 1.</param>
    /// <param name="seed">The stream of the preferences.</param>
    public ProbabilisticGrammar(int nouns, int verbs, int adjectives, int liked, double loyalty, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(liked, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(nouns, liked);
        ArgumentOutOfRangeException.ThrowIfLessThan(verbs, 3);
        ArgumentOutOfRangeException.ThrowIfLessThan(adjectives, 1);
        if (!(loyalty >= 0 && loyalty <= 1))
            throw new ArgumentOutOfRangeException(nameof(loyalty), loyalty, "A probability lies between 0 and 1.");
        (_nouns, _verbs, _adjectives, _loyalty) = (nouns, verbs, adjectives, loyalty);
        var random = seed.ToRandom();
        _adjectivesOf = Preferences(nouns, adjectives);
        _verbsOf = Preferences(nouns, verbs);
        _objectsOf = Preferences(verbs, nouns);

        int[][] Preferences(int owners, int words) => [.. Enumerable.Range(0, owners).Select(_ => Enumerable.Range(0, liked).Select(_ => random.Next(words)).ToArray())];
    }

    /// <summary>Number of different words, the full stop and "that" included.</summary>
    public int Words => FirstAdjective + _adjectives;

    private static int FirstNoun => 2 + 2 * Determiners + Prepositions;

    private int FirstVerb => FirstNoun + 2 * _nouns;

    private int FirstAdjective => FirstVerb + 2 * _verbs;

    private int Intransitive => Math.Max(1, _verbs / 3);

    /// <summary>Draws a text of whole sentences, cut at the length.</summary>
    /// <param name="tokens">Its length, at least 1.</param>
    /// <param name="seed">The stream of the text.</param>
    /// <returns>Words, numbered from 0.</returns>
    public int[] Text(int tokens, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tokens, 1);
        var random = seed.ToRandom();
        var text = new List<int>(tokens + 64);
        while (text.Count < tokens)
        {
            var plural = random.Next(2);
            var subject = NounPhrase(text, random, plural, liked: null, depth: 0);
            VerbPhrase(text, random, subject, plural, depth: 0);
            text.Add(Stop);
        }
        return [.. text.Take(tokens)];
    }

    // Returns the noun.
    private int NounPhrase(List<int> text, Random random, int plural, int[]? liked, int depth)
    {
        text.Add(2 + plural * Determiners + Zipf(random, Determiners));
        var noun = Word(random, liked, _nouns);
        if (random.NextDouble() < 0.4)
            text.Add(FirstAdjective + Word(random, _adjectivesOf[noun], _adjectives));
        text.Add(FirstNoun + 2 * noun + plural);
        if (depth >= MostNested)
            return noun;
        switch (random.NextDouble())
        {
            case < 0.12:
                text.Add(That);
                VerbPhrase(text, random, noun, plural, depth + 1);
                break;
            case < 0.2:
                text.Add(That);
                var other = random.Next(2);
                var subject = NounPhrase(text, random, other, liked: null, depth + 1);
                text.Add(FirstVerb + 2 * Verb(random, subject, transitive: true) + other);
                break;
            case < 0.35:
                text.Add(2 + 2 * Determiners + Zipf(random, Prepositions));
                NounPhrase(text, random, random.Next(2), liked: null, depth + 1);
                break;
        }
        return noun;
    }

    private void VerbPhrase(List<int> text, Random random, int subject, int plural, int depth)
    {
        var transitive = random.NextDouble() < 0.7;
        var verb = Verb(random, subject, transitive);
        text.Add(FirstVerb + 2 * verb + plural);
        if (transitive)
            NounPhrase(text, random, random.Next(2), _objectsOf[verb], depth + 1);
    }

    private int Verb(Random random, int subject, bool transitive)
    {
        var (from, count) = transitive ? (Intransitive, _verbs - Intransitive) : (0, Intransitive);
        // What is liked is one of all verbs; those of the other kind stand for one of this kind.
        return from + Word(random, _verbsOf[subject], _verbs) % count;
    }

    private int Word(Random random, int[]? liked, int words) =>
        liked is not null && random.NextDouble() < _loyalty ? liked[random.Next(liked.Length)] : Zipf(random, words);

    // Rank r has a probability of about ln((r + 2) / (r + 1)), by inversion of the continuous law.
    private static int Zipf(Random random, int words) => Math.Min(words - 1, (int)(Math.Exp(random.NextDouble() * Math.Log(words + 1)) - 1));
}
