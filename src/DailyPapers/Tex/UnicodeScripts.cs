using System.Text;

namespace DailyPapers.Tex;

/// <summary>Superscript and subscript characters of Unicode, for text without markup.</summary>
internal static class UnicodeScripts
{
    // Longer runs of raised letters are harder to read than a caret.
    private const int MaxLength = 8;

    private const string RaisedPlain = "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWαβγδεθιφχ′″‴∘°⊤*∗†‡⋆";
    private const string Raised = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᵋᶿᶥᵠᵡ′″‴°°ᵀ**†‡⋆";
    private const string LoweredPlain = "0123456789+-−=()aehijklmnoprstuvxβγρφχ";
    private const string Lowered = "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ";

    /// <summary>The raised form, or null when some character has none.</summary>
    internal static string? Raise(string text) => Map(text, RaisedPlain, Raised);

    /// <summary>The lowered form, or null when some character has none.</summary>
    internal static string? Lower(string text) => Map(text, LoweredPlain, Lowered);

    private static string? Map(string text, string from, string to)
    {
        if (text.Length is 0 or > MaxLength)
            return null;
        var mapped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            var index = from.IndexOf(c);
            if (index < 0)
                return null;
            mapped.Append(to[index]);
        }
        return mapped.ToString();
    }
}
