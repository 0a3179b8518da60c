namespace DailyPapers.Tex;

/// <summary>Reads commands and their arguments in running text.</summary>
internal static class TexCommand
{
    /// <summary>The name after the backslash at <paramref name="position"/>: letters, or one other character; empty at the end.</summary>
    internal static ReadOnlySpan<char> NameAt(ReadOnlySpan<char> source, int position)
    {
        var rest = source[(position + 1)..];
        if (rest.IsEmpty)
            return rest;
        var letters = 0;
        while (letters < rest.Length && char.IsAsciiLetter(rest[letters]))
            letters++;
        if (letters > 0)
            return rest[..letters];
        return rest[..(char.IsHighSurrogate(rest[0]) && rest.Length > 1 ? 2 : 1)];
    }

    /// <summary>True for commands whose first argument is an address or a key, in which nothing is markup.</summary>
    internal static bool TakesVerbatim(ReadOnlySpan<char> name) =>
        name is "url" or "href" or "path" or "nolinkurl" or "label" or "ref" or "eqref" or "cref" or "Cref" or "autoref" or "pageref" or "begin" or "end"
        || IsCitation(name);

    internal static bool IsCitation(ReadOnlySpan<char> name) =>
        name is "cite" or "citep" or "citet" or "citealp" or "citealt" or "citeauthor" or "citeyear" or "citeyearpar" or "parencite" or "textcite" or "autocite" or "nocite" or "shortcite" or "Citet";

    /// <summary>
    /// The length of optional arguments and one brace argument without inner braces at <paramref name="position"/>, 0 when there is none.
    /// </summary>
    internal static int ArgumentLengthAt(ReadOnlySpan<char> source, int position) =>
        TryReadPlainArgument(source, position, out _, out var end) ? end - position : 0;

    /// <summary>Reads a brace argument without inner braces, such as a key or an address, past optional arguments in brackets.</summary>
    internal static bool TryReadPlainArgument(ReadOnlySpan<char> source, int position, out ReadOnlySpan<char> argument, out int end)
    {
        argument = default;
        end = SkipOptionalArguments(source, position);
        if (end >= source.Length || source[end] != '{')
            return false;
        var inside = source[(end + 1)..];
        var close = inside.IndexOfAny('{', '}');
        if (close < 0 || inside[close] == '{')
            return false;
        argument = inside[..close];
        end += close + 2;
        return true;
    }

    private static int SkipOptionalArguments(ReadOnlySpan<char> source, int position)
    {
        // \citep[see][p. 3]{key} has two; more would be an attack.
        for (var i = 0; i < 2 && position < source.Length && source[position] == '['; i++)
        {
            var window = source[position..Math.Min(source.Length, position + 200)];
            var close = window.IndexOfAny(']', '{');
            if (close < 0 || window[close] == '{')
                break;
            position += close + 1;
        }
        return position;
    }
}
