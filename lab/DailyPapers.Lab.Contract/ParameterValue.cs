using System.Globalization;
using System.Text.Json.Serialization;

namespace DailyPapers.Lab.Contract;

/// <summary>A parameter's value: a number, a truth value or a choice's name. A JSON scalar of the same type.</summary>
[JsonConverter(typeof(ParameterValueConverter))]
public readonly record struct ParameterValue
{
    private readonly object? _value;

    /// <summary>A number, whole or not.</summary>
    public ParameterValue(double value) => _value = value;

    /// <summary>A truth value.</summary>
    public ParameterValue(bool value) => _value = value;

    /// <summary>The name of a choice.</summary>
    public ParameterValue(string value) => _value = value ?? throw new ArgumentNullException(nameof(value));

    /// <summary>A number, whole or not.</summary>
    public static implicit operator ParameterValue(double value) => new(value);

    /// <summary>A truth value.</summary>
    public static implicit operator ParameterValue(bool value) => new(value);

    /// <summary>The name of a choice.</summary>
    public static implicit operator ParameterValue(string value) => new(value);

    /// <summary>The value as a number, or null when it is none.</summary>
    public double? Number => _value as double?;

    /// <summary>The value as a truth value, or null when it is none.</summary>
    public bool? Truth => _value as bool?;

    /// <summary>The value as a choice's name, or null when it is none.</summary>
    public string? Name => _value as string;

    /// <summary>The value as it is written on a command line.</summary>
    public override string ToString() => _value switch
    {
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        bool truth => truth ? "true" : "false",
        string name => name,
        _ => "",
    };

    internal object? Raw => _value;
}
