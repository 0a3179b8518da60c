using System.Globalization;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Data;

/// <summary>Small pictures of one shape, and captions of them from a grammar: a stand-in for photographs with texts from the web.</summary>
/// <remarks>A picture's concept is its shape and its quarter of the image; size and shade vary beside it.</remarks>
public static class CaptionedShapes
{
    /// <summary>Rows and columns of pixels.</summary>
    public const int Side = 16;

    /// <summary>Number of shapes: disc, ring, square, cross, triangle.</summary>
    public const int Shapes = 5;

    private static readonly string[][] _nouns =
        [["disc", "circle", "dot"], ["ring", "hoop", "loop"], ["square", "box", "block"], ["cross", "plus", "star"], ["triangle", "wedge", "arrow"]];

    private static readonly string[][] _rows = [["upper", "top"], ["lower", "bottom"]];
    private static readonly string[][] _columns = [["left"], ["right"]];
    private static readonly string[][] _sizes = [["small", "tiny", "little"], ["large", "big", "huge"]];
    private static readonly string[][] _shades = [["dim", "faint", "dark"], ["bright", "vivid", "light"]];

    // N the noun with what describes it, R the row, C the column; with the share of captions of this form.
    private static readonly (string Form, double Share)[] _forms =
    [
        ("N R C", 0.25), ("N in the R C", 0.15), ("a N in the R C", 0.15), ("a photo of a N in the R C", 0.15),
        ("an image of a N in the R C corner", 0.1), ("there is a N at the R C", 0.1), ("a picture showing a N in the R C corner", 0.1),
    ];

    // Most words of real captions say nothing about what is seen; here they are the numbers of an archive, 1 to 999.
    private const int Numbers = 999;

    /// <summary>The tokens: words of the grammar, then numbers.</summary>
    public static IReadOnlyList<string> Vocabulary { get; } =
        [.. _forms.SelectMany(form => form.Form.Split(' ')).Where(word => word is not ("N" or "R" or "C"))
            .Concat(_nouns.Concat(_rows).Concat(_columns).Concat(_sizes).Concat(_shades).SelectMany(words => words)).Append("number").Distinct(),
            .. Enumerable.Range(1, Numbers).Select(number => number.ToString(CultureInfo.InvariantCulture))];

    private static readonly Dictionary<string, int> _tokens = Vocabulary.Select((word, token) => (word, token)).ToDictionary(pair => pair.word, pair => pair.token);

    /// <summary>The forms of captions, from terse to wordy.</summary>
    public static IReadOnlyList<string> Forms { get; } = [.. _forms.Select(form => form.Form)];

    /// <summary>All twenty pairs of a shape and a quarter.</summary>
    public static IReadOnlyList<ShapeConcept> Concepts { get; } =
        [.. from shape in Enumerable.Range(0, Shapes)
            from row in Enumerable.Range(0, 2)
            from column in Enumerable.Range(0, 2)
            select new ShapeConcept(shape, row, column)];

    /// <summary>A picture of a concept, and what a caption may say of it.</summary>
    public static ShapeScene DrawScene(ShapeConcept concept, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return new(concept, random.Next(2) == 1, random.Next(2) == 1, random.NextDouble() * 2 - 1, random.NextDouble() * 2 - 1);
    }

    /// <summary>The pictures' pixels, one row each: ink of 0.6 or 1 on 0, and noise.</summary>
    /// <param name="scenes">What is shown.</param>
    /// <param name="noise">Standard deviation of the noise on a pixel, at least 0.</param>
    /// <param name="random">Source of the noise.</param>
    /// <returns>(scenes, 256), float32.</returns>
    public static Tensor Render(IReadOnlyList<ShapeScene> scenes, double noise, Random random)
    {
        ArgumentNullException.ThrowIfNull(scenes);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfNegative(noise);
        var pixels = new float[scenes.Count * Side * Side];
        for (var i = 0; i < scenes.Count; i++)
        {
            var scene = scenes[i];
            // The middle of the quarter, moved by up to one pixel and a half.
            var (middleRow, middleColumn) = (3.5 + 8 * scene.Concept.Row + 1.5 * scene.ShiftRow, 3.5 + 8 * scene.Concept.Column + 1.5 * scene.ShiftColumn);
            var radius = scene.Large ? 3.4 : 2.4;
            for (var row = 0; row < Side; row++)
                for (var column = 0; column < Side; column++)
                    pixels[(i * Side + row) * Side + column] = (float)(
                        (Inside(scene.Concept.Shape, (row - middleRow) / radius, (column - middleColumn) / radius) ? scene.Bright ? 1 : 0.6 : 0)
                        + noise * random.NextNormal());
        }
        return tensor(pixels, scenes.Count, Side * Side);
    }

    /// <summary>A caption drawn from the grammar: a form, synonyms, and in half of the cases each the size, the shade and a number at the end.</summary>
    public static int[] DrawCaption(ShapeScene scene, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var (place, form) = (random.NextDouble(), 0);
        while (form + 1 < _forms.Length && place >= _forms[form].Share)
            place -= _forms[form++].Share;
        List<string> noun = [Any(_nouns[scene.Concept.Shape])];
        if (random.Next(2) == 1)
            noun.Insert(0, Any(_shades[scene.Bright ? 1 : 0]));
        if (random.Next(2) == 1)
            noun.Insert(0, Any(_sizes[scene.Large ? 1 : 0]));
        var caption = Fill(_forms[form].Form, noun, Any(_rows[scene.Concept.Row]), Any(_columns[scene.Concept.Column]));
        return random.Next(2) == 1 ? [.. caption, Token("number"), Vocabulary.Count - Numbers + random.Next(Numbers)] : caption;

        string Any(string[] words) => words[random.Next(words.Length)];
    }

    /// <summary>A prompt of the kind that people write: a form filled with one name of the shape and one of the row.</summary>
    /// <param name="concept">The class.</param>
    /// <param name="form">One of <see cref="Forms"/>, or another in the letters N, R, C and known words.</param>
    /// <param name="noun">Which of the shape's three names, from 0.</param>
    /// <param name="row">Which of the row's two names, from 0.</param>
    public static int[] Prompt(ShapeConcept concept, string form, int noun, int row)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentOutOfRangeException.ThrowIfNegative(noun);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(noun, 3);
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, 2);
        return Fill(form, [_nouns[concept.Shape][noun]], _rows[concept.Row][row], _columns[concept.Column][0]);
    }

    /// <summary>The words of a prompt.</summary>
    public static string Text(IEnumerable<int> prompt) => string.Join(' ', prompt.Select(token => Vocabulary[token]));

    private static int[] Fill(string form, List<string> noun, string row, string column) =>
        [.. form.Split(' ').SelectMany(word => word switch { "N" => noun, "R" => [row], "C" => [column], _ => new List<string> { word } }).Select(Token)];

    private static int Token(string word) =>
        _tokens.TryGetValue(word, out var token) ? token : throw new ArgumentException($"'{word}' is not in the vocabulary: {string.Join(", ", Vocabulary)}.", nameof(word));

    // Whether a point is ink; the shape fills the square from −1 to 1, rows downwards.
    private static bool Inside(int shape, double row, double column)
    {
        if (Math.Max(Math.Abs(row), Math.Abs(column)) > 1)
            return false;
        var squared = row * row + column * column;
        return shape switch
        {
            0 => squared <= 1,
            1 => squared is <= 1 and >= 0.3,
            2 => Math.Max(Math.Abs(row), Math.Abs(column)) <= 0.9,
            3 => Math.Min(Math.Abs(row), Math.Abs(column)) <= 0.3,
            _ => Math.Abs(column) <= (row + 1) / 2,
        };
    }
}
