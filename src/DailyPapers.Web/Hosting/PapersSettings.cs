using DailyPapers.Storage;
using Microsoft.Extensions.Configuration;

namespace DailyPapers.Web.Hosting;

/// <summary>Where settings come from, the later winning: <c>settings.json</c> in the data directory, <c>PAPERS_…</c> variables, the command line.</summary>
public static class PapersSettings
{
    /// <summary>Adds the sources of settings.</summary>
    public static IConfigurationBuilder AddPapersSettings(
        this IConfigurationBuilder configuration, DataDirectory directory, IEnumerable<KeyValuePair<string, string?>> settings) => configuration
            .AddJsonFile(directory.SettingsFile, optional: true, reloadOnChange: false)
            .AddEnvironmentVariables("PAPERS_")
            .AddInMemoryCollection(settings);
}
