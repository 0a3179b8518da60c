using System.Collections.Frozen;
using System.Globalization;

namespace DailyPapers.Wording;

/// <summary>
/// The site's texts in one language. A text is asked for by its English wording, which is also the answer where the
/// language has none: nothing is ever missing from a page, it is English at worst.
/// </summary>
public sealed class Texts
{
    private readonly FrozenDictionary<string, string[]> _texts;
    private readonly Func<long, int> _form;

    internal Texts(string language, string name, CultureInfo culture, IReadOnlyDictionary<string, string[]> texts)
    {
        Language = language;
        Name = name;
        Culture = culture;
        _texts = texts.ToFrozenDictionary(StringComparer.Ordinal);
        _form = PluralForms.Of(language);
    }

    /// <summary>The language's tag, such as <c>de</c>.</summary>
    public string Language { get; }

    /// <summary>What the language calls itself.</summary>
    public string Name { get; }

    /// <summary>How the language writes dates and numbers.</summary>
    public CultureInfo Culture { get; }

    /// <summary>The English texts that this language has its own for; empty for English.</summary>
    public IReadOnlyDictionary<string, string[]> Entries => _texts;

    /// <summary>The text for an English one.</summary>
    public string this[string english] => _texts.TryGetValue(english, out var forms) ? forms[0] : english;

    /// <summary>The text for an English one with places <c>{0}</c> and on, filled as the language writes numbers and dates.</summary>
    public string this[string english, params object?[] values] => string.Format(Culture, this[english], values);

    /// <summary>The text for so many of something, which stand at <c>{0}</c>; the other values follow from <c>{1}</c>.</summary>
    public string Count(long number, string one, string many, params object?[] values) =>
        string.Format(Culture, FormOf(number, one, many), [number, .. values]);

    private string FormOf(long number, string one, string many) => _texts.TryGetValue(many, out var forms)
        ? forms[Math.Min(_form(number), forms.Length - 1)]
        : number == 1 ? one : many;
}
