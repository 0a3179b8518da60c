using System.Globalization;
using System.Text.Json.Serialization;

namespace DailyPapers.Lab.Contract;

/// <summary>A parameter of a reproduction that a reader may change, with its range.</summary>
/// <remarks>Build one with <see cref="Whole"/>, <see cref="Real"/>, <see cref="Switch"/> or <see cref="OneOf"/>.</remarks>
public sealed record ParameterDeclaration
{
    /// <summary>The name, in the paper's symbols where it has one (<c>n</c>, <c>alpha</c>).</summary>
    public required string Name { get; init; }

    /// <summary>The type.</summary>
    public required ParameterKind Kind { get; init; }

    /// <summary>The value of a full run unless the budget or the caller overrides it.</summary>
    public required ParameterValue Default { get; init; }

    /// <summary>The smallest value allowed, for numbers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Minimum { get; init; }

    /// <summary>The largest value allowed, for numbers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Maximum { get; init; }

    /// <summary>The names allowed, for a choice.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Choices { get; init; }

    /// <summary>One line for the reader who is about to change it.</summary>
    public required string Help { get; init; }

    /// <summary>A whole number from <paramref name="minimum"/> to <paramref name="maximum"/>.</summary>
    public static ParameterDeclaration Whole(string name, int @default, int minimum, int maximum, string help) =>
        new() { Name = name, Kind = ParameterKind.Whole, Default = @default, Minimum = minimum, Maximum = maximum, Help = help };

    /// <summary>A real number from <paramref name="minimum"/> to <paramref name="maximum"/>.</summary>
    public static ParameterDeclaration Real(string name, double @default, double minimum, double maximum, string help) =>
        new() { Name = name, Kind = ParameterKind.Real, Default = @default, Minimum = minimum, Maximum = maximum, Help = help };

    /// <summary>A truth value.</summary>
    public static ParameterDeclaration Switch(string name, bool @default, string help) =>
        new() { Name = name, Kind = ParameterKind.Switch, Default = @default, Help = help };

    /// <summary>One of <paramref name="choices"/>.</summary>
    public static ParameterDeclaration OneOf(string name, string @default, IReadOnlyList<string> choices, string help) =>
        new() { Name = name, Kind = ParameterKind.Choice, Default = @default, Choices = choices, Help = help };

    /// <summary>The allowed values in words, for errors and help.</summary>
    [JsonIgnore]
    public string Range => Kind switch
    {
        ParameterKind.Whole => string.Create(CultureInfo.InvariantCulture, $"a whole number from {Minimum} to {Maximum}"),
        ParameterKind.Real => string.Create(CultureInfo.InvariantCulture, $"a number from {Minimum} to {Maximum}"),
        ParameterKind.Switch => "true or false",
        _ => $"one of {string.Join(", ", Choices ?? [])}",
    };

    /// <summary>Reads a value as typed on a command line or in a form.</summary>
    /// <exception cref="FormatException">Names the parameter, its range and what came.</exception>
    public ParameterValue Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        ParameterValue? value = Kind switch
        {
            ParameterKind.Whole or ParameterKind.Real =>
                double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? new ParameterValue(number) : default(ParameterValue?),
            ParameterKind.Switch => bool.TryParse(text, out var truth) ? new ParameterValue(truth) : default(ParameterValue?),
            _ => new ParameterValue(text),
        };
        return value is { } parsed && Allows(parsed) ? parsed : throw OutOfRange(text);
    }

    /// <summary>Returns <paramref name="value"/> if the declaration allows it.</summary>
    /// <exception cref="FormatException">Names the parameter, its range and what came.</exception>
    public ParameterValue Check(ParameterValue value) => Allows(value) ? value : throw OutOfRange(value.ToString());

    private bool Allows(ParameterValue value) => Kind switch
    {
        ParameterKind.Whole => value.Number is { } whole && Math.Floor(whole) == whole && whole >= Minimum && whole <= Maximum,
        ParameterKind.Real => value.Number is { } real && real >= Minimum && real <= Maximum,
        ParameterKind.Switch => value.Truth is not null,
        _ => value.Name is { } name && Choices?.Contains(name, StringComparer.Ordinal) == true,
    };

    private FormatException OutOfRange(string came) => new($"Parameter '{Name}' must be {Range}, not '{came}'. {Help}");
}
