using DailyPapers.Lab.Contract;

namespace DailyPapers.Lab.Runner.Reproductions;

/// <summary>The mode and the checked parameters of a run.</summary>
public sealed class RunSetting(RunMode mode, IReadOnlyDictionary<string, ParameterValue> parameters)
{
    /// <summary>Which budget runs.</summary>
    public RunMode Mode { get; } = mode;

    /// <summary>All declared parameters.</summary>
    public IReadOnlyDictionary<string, ParameterValue> Parameters { get; } = parameters;

    /// <summary>A whole-number parameter.</summary>
    public int Whole(string name) => (int)Real(name);

    /// <summary>A numeric parameter.</summary>
    public double Real(string name) => Declared(name).Number ?? throw WrongType(name, "a number");

    /// <summary>A truth-valued parameter.</summary>
    public bool Switch(string name) => Declared(name).Truth ?? throw WrongType(name, "a truth value");

    /// <summary>A choice parameter.</summary>
    public string Choice(string name) => Declared(name).Name ?? throw WrongType(name, "a choice");

    private ParameterValue Declared(string name) =>
        Parameters.TryGetValue(name, out var value) ? value : throw new ArgumentException($"The reproduction reads parameter '{name}' but does not declare it.", nameof(name));

    private static ArgumentException WrongType(string name, string type) =>
        new($"The reproduction reads parameter '{name}' as {type}, which is not how it is declared.", nameof(name));
}
