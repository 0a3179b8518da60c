using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace DailyPapers.Embedding.Text;

/// <summary>
/// The tokens a model knows: words in their one form (see <see cref="WordReader"/>) and pairs of words, which are entered written
/// together. A text yields each known word, each known pair, and for an unknown word the known words that it is made of.
/// </summary>
public sealed class Vocabulary
{
    /// <summary>The fewest letters that a part of an unknown word has.</summary>
    public const int ShortestPart = 4;

    private readonly char[] _letters;
    private readonly int[] _starts;
    private readonly Slot[] _slots;

    /// <summary>Makes a vocabulary in which a token's number is its place in the list.</summary>
    /// <param name="tokens">The tokens, at most <see cref="LongestToken"/> letters each.</param>
    /// <exception cref="ArgumentException">A token is empty, too long, or given twice.</exception>
    public Vocabulary(IReadOnlyList<string> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        _starts = new int[tokens.Count + 1];
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Length is 0 or > LongestToken)
                throw new ArgumentException($"Token {i} has {tokens[i].Length} letters; it must have 1 to {LongestToken}.", nameof(tokens));
            _starts[i + 1] = _starts[i] + tokens[i].Length;
        }
        _letters = new char[_starts[^1]];
        _slots = new Slot[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, tokens.Count * 2))];
        for (var i = 0; i < tokens.Count; i++)
        {
            tokens[i].CopyTo(_letters.AsSpan(_starts[i]));
            if (!Enter(i))
                throw new ArgumentException($"Token {i}, '{tokens[i]}', is in the list twice.", nameof(tokens));
        }
    }

    /// <summary>The most letters of a token: a pair of the longest words.</summary>
    public const int LongestToken = 2 * WordReader.LongestWord;

    /// <summary>How many tokens there are.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>The letters of a token.</summary>
    public ReadOnlySpan<char> this[int token] => _letters.AsSpan(_starts[token].._starts[token + 1]);

    /// <summary>The number of a token; -1 when it isn't known.</summary>
    public int Find(ReadOnlySpan<char> token)
    {
        var hash = Hash(token);
        for (var i = hash & (uint)(_slots.Length - 1); _slots[i].Token != 0; i = (i + 1) & (uint)(_slots.Length - 1))
        {
            if (_slots[i].Hash == hash && this[_slots[i].Token - 1].SequenceEqual(token))
                return _slots[i].Token - 1;
        }
        return -1;
    }

    /// <summary>The most tokens that a text of so many characters can yield.</summary>
    public static int MostTokens(int textLength) => (2 * textLength) + 2;

    /// <summary>Writes the numbers of a text's tokens, in its order, and returns how many there are.</summary>
    /// <param name="text">The text.</param>
    /// <param name="tokens">Room for <see cref="MostTokens"/> numbers.</param>
    /// <exception cref="ArgumentException">There may not be room for all.</exception>
    public int Tokenize(ReadOnlySpan<char> text, Span<int> tokens)
    {
        if (tokens.Length < MostTokens(text.Length))
            throw new ArgumentException($"There is room for {tokens.Length} tokens; a text of {text.Length} characters needs {MostTokens(text.Length)}.", nameof(tokens));
        Span<char> buffer = stackalloc char[WordReader.BufferLength];
        var words = new WordReader(text, buffer);
        var count = 0;
        while (words.Read())
        {
            if (Find(words.Word) is >= 0 and var word)
                tokens[count++] = word;
            else
                count += FindParts(words.Word, tokens[count..]);
            if (words.Joined is { Length: > 0 } joined && Find(joined) is >= 0 and var pair)
                tokens[count++] = pair;
        }
        return count;
    }

    // The longest known beginning, then the longest known beginning of what remains; letters that begin nothing are passed over.
    private int FindParts(ReadOnlySpan<char> word, Span<int> tokens)
    {
        var count = 0;
        while (word.Length >= ShortestPart)
        {
            var length = word.Length;
            var part = -1;
            while (length >= ShortestPart && (part = Find(word[..length])) < 0)
                length--;
            if (part >= 0)
                tokens[count++] = part;
            word = word[(part >= 0 ? length : 1)..];
        }
        return count;
    }

    private bool Enter(int token)
    {
        var hash = Hash(this[token]);
        var i = hash & (uint)(_slots.Length - 1);
        for (; _slots[i].Token != 0; i = (i + 1) & (uint)(_slots.Length - 1))
        {
            if (_slots[i].Hash == hash && this[_slots[i].Token - 1].SequenceEqual(this[token]))
                return false;
        }
        _slots[i] = new Slot(hash, token + 1);
        return true;
    }

    private static uint Hash(ReadOnlySpan<char> token) => (uint)XxHash3.HashToUInt64(MemoryMarshal.AsBytes(token));

    private readonly record struct Slot(uint Hash, int Token);
}
