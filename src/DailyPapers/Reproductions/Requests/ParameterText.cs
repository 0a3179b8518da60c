using System.Globalization;
using DailyPapers.Lab.Contract;

namespace DailyPapers.Reproductions.Requests;

/// <summary>A reproduction's parameters in the reader's language.</summary>
public static class ParameterText
{
    /// <summary>The allowed values in words.</summary>
    public static string Range(ParameterDeclaration parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return parameter.Kind switch
        {
            ParameterKind.Whole => T["a whole number from {0} to {1}", Number(parameter.Minimum), Number(parameter.Maximum)],
            ParameterKind.Real => T["a number from {0} to {1}", Number(parameter.Minimum), Number(parameter.Maximum)],
            ParameterKind.Switch => T["true or false"],
            _ => T["one of {0}", string.Join(", ", parameter.Choices ?? [])],
        };
    }

    /// <summary>Why a text is no value of the parameter, or null when it is one.</summary>
    public static string? Problem(ParameterDeclaration parameter, string text)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            parameter.Parse(text);
            return null;
        }
        catch (FormatException)
        {
            return T["{0} must be {1}, not “{2}”.", parameter.Name, Range(parameter), text.Length > 40 ? text[..40] + "…" : text];
        }
    }

    /// <summary>A number as it is typed: the browser's fields and the command line know no other form.</summary>
    public static string Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}
