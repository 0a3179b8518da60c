using System.Text.Json.Serialization;

namespace DailyPapers.Lab.Contract;

/// <summary>The type of a reproduction's parameter.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ParameterKind>))]
public enum ParameterKind
{
    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>A real number.</summary>
    Real,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Switch,

    /// <summary>One of the declared names.</summary>
    Choice,
}
