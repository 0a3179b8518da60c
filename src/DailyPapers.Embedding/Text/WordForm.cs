namespace DailyPapers.Embedding.Text;

/// <summary>
/// The one form of a word's spellings: singular, American. The rules are blind on purpose (<c>noise</c> becomes <c>noize</c>):
/// they only have to send the spellings of one word to one form and different words to different forms.
/// </summary>
internal static class WordForm
{
    private const int ShortestInflected = 4;

    /// <summary>Rewrites a lower-case word in place and returns its new length, never longer than <paramref name="buffer"/>.</summary>
    /// <param name="buffer">The word, with room behind it.</param>
    /// <param name="length">The word's length.</param>
    public static int Normalize(Span<char> buffer, int length)
    {
        if (length < ShortestInflected || !char.IsAsciiLetter(buffer[length - 1]))
            return length;
        length = Singular(buffer, length);
        length = American(buffer, length);
        return Parameterize(buffer, length);
    }

    private static int Singular(Span<char> buffer, int length)
    {
        var word = buffer[..length];
        if (word[^1] != 's' || word.EndsWith("ss") || word.EndsWith("us") || word.EndsWith("is"))
            return length;
        if (length > ShortestInflected && word.EndsWith("ies"))
        {
            buffer[length - 3] = 'y';
            return length - 2;
        }
        return word.EndsWith("sses") || word.EndsWith("ches") || word.EndsWith("shes") || word.EndsWith("xes") ? length - 2 : length - 1;
    }

    private static int American(Span<char> buffer, int length)
    {
        var word = buffer[..length];
        // -ise, -ised, -ising, -iser, -isation, -isable and the same with y.
        var s = word.LastIndexOf('s');
        if (s >= 3 && buffer[s - 1] is 'i' or 'y' && word[(s + 1)..] is "e" or "ed" or "ing" or "er" or "ation" or "able" or "ational")
            buffer[s] = 'z';
        // -our and what is derived from it.
        var our = word.LastIndexOf("our");
        if (our >= 2 && word[(our + 3)..] is "" or "ed" or "ing" or "al" or "able" or "ite" or "hood" or "ful" or "less" or "er")
            length = Remove(buffer, length, our + 1);
        word = buffer[..length];
        // -elled, -alling and their kin.
        var doubled = word.LastIndexOf("ll");
        if (doubled >= 4 && buffer[doubled - 1] is 'e' or 'a' && word[(doubled + 2)..] is "ed" or "ing" or "er")
            return Remove(buffer, length, doubled);
        if (length > 5 && (word.EndsWith("tre") || word.EndsWith("bre")))
            (buffer[length - 2], buffer[length - 1]) = ('e', 'r');
        else if (length > 5 && word.EndsWith("ogue"))
            return length - 2;
        else if (word.EndsWith("fence"))
            buffer[length - 2] = 's';
        else if (length > 6 && word.EndsWith("gramme"))
            return length - 2;
        else if (word.StartsWith("artefact"))
            buffer[3] = 'i';
        else if (word is "grey")
            buffer[2] = 'a';
        return length;
    }

    // "Parametrize", "parametrised" and "parameterized" are three spellings of one word.
    private static int Parameterize(Span<char> buffer, int length)
    {
        var start = buffer[..length].IndexOf("parametriz");
        if (start < 0 || length + 1 > buffer.Length)
            return length;
        buffer[(start + 7)..length].CopyTo(buffer[(start + 8)..]);
        buffer[start + 6] = 'e';
        buffer[start + 7] = 'r';
        return length + 1;
    }

    private static int Remove(Span<char> buffer, int length, int index)
    {
        buffer[(index + 1)..length].CopyTo(buffer[index..]);
        return length - 1;
    }
}
