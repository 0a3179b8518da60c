using System.Reflection;
using TorchSharp;

namespace DailyPapers.Lab.Systems;

/// <summary>Versions of the libraries whose numbers or drawings end up in a result.</summary>
public static class LibraryVersions
{
    /// <summary>Library names and their versions, as built into their assemblies.</summary>
    public static IReadOnlyDictionary<string, string> Describe() => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["DailyPapers.Lab"] = InformationalVersion(typeof(LibraryVersions).Assembly).Split('+')[0],
        ["TorchSharp"] = InformationalVersion(typeof(torch).Assembly).Split('+')[0],
        ["libtorch"] = torch.__version__,
    };

    /// <summary>The commit that <paramref name="assembly"/> was built from; null when it was built outside a repository.</summary>
    public static string? Commit(Assembly assembly) =>
        InformationalVersion(assembly).Split('+') is [_, var commit, ..] ? commit : null;

    private static string InformationalVersion(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? assembly.GetName().Version?.ToString() ?? "unknown";
}
