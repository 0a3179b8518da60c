using CsCheck;

namespace DailyPapers.Tests.Tex;

/// <summary>Generates text as hostile as its parser may meet: TeX fragments, HTML, control characters, broken surrogates.</summary>
internal static class TexSamples
{
    private static readonly string[] _fragments =
    [
        "$", "$$", @"\(", @"\)", @"\[", @"\]", "{", "}", "[", "]", "^", "_", "'", "`", "``", "''", "--", "---", "~", "&", "\\", @"\\", "%", "#", "<", ">", "\"",
        " ", "\n", "\n\n", "\t", "\0", "\u0007", "\u202E", "\u2029", "\uD800", "\uDC00", "\uFFFE", "\uFFFF", "\u0301", "😀", "𝔼", "α", "≤", "é", "中",
        "a", "x", "n", "ab", "0", "10", "3.14", ",", ".", ":", "|", "/", "!", "+", "-", "=", "(", ")",
        @"\frac", @"\frac{a}{b}", @"\sqrt", @"\sqrt[3]", @"\binom", @"\over", @"\choose", @"\left", @"\right", @"\left(", @"\right)", @"\left.", @"\middle|", @"\big",
        @"\hat", @"\tilde", @"\overline", @"\underbrace", @"\mathbf", @"\mathcal{O}", @"\mathrm", @"\text{", @"\text{if $x$}", @"\operatorname{arg\,max}", @"\operatorname",
        @"\alpha", @"\sum", @"\sum_{i=1}^n", @"\limits", @"\log", @"\max", @"\not", @"\not=", @"\stackrel", @"\overset", @"\xrightarrow", @"\begin{pmatrix}",
        @"\end{pmatrix}", @"\begin{cases}", @"\end{cases}", @"\begin{equation}", @"\end{equation}", @"\begin{array}{lr}", @"\end{array}", @"\begin", @"\end", @"\substack{",
        @"\displaystyle", @"\bf", @"\rm", @"\cal", @"\color{red}", @"\hspace{1em}", @"\unknown", @"\mathbbR", @"\sqrtn", @"\cX", @"\bx", @"\,", @"\;", @"\ ", @"\quad",
        @"\emph{", @"\textbf{", @"\texttt{", @"{\em ", @"\em", @"\footnote{", @"\url{", @"\url{https://example.org/a}", @"\url{javascript:alert(1)}",
        @"\href{https://example.org/?a=1&b=2""onclick=""x}{", @"\href{javascript:alert(1)}{", @"\cite{a,b}", @"\cite[p. 3]{", @"\verb|", @"\item", @"\item[", @"\par",
        @"\""o", @"\'{", @"\H{o}", @"\c c", @"\v", @"\i", @"\o", @"\ss", @"\textsuperscript{", @"\ensuremath{", @"\romannumeral1",
        "https://example.org/x_y", "https://", "http://example.org", "https://user:pw@example.org/", "javascript:alert(1)", "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>", "</annotation></semantics></math>", "]]>", "<!--", "-->", "&amp;", "&lt;", "&#0;", "&#x202E;", "<p>", "</p>", "<br/>", "<b>", "<style>",
    ];

    private static readonly Gen<string> _fragment = Gen.Int[0, _fragments.Length - 1].Select(i => _fragments[i]);

    internal static readonly Gen<string> Markup = Gen.OneOf(
        _fragment.Array[0, 30].Select(string.Concat),
        Gen.String[0, 60],
        _fragment.Array[0, 12].Select(parts => $"${string.Concat(parts)}$"));
}
