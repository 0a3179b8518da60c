using System.CommandLine;
using DailyPapers.Storage;

namespace DailyPapers.Cli;

/// <summary>Options that several commands have.</summary>
internal static class CommonOptions
{
    public static Option<string> Data { get; } = new("--data")
    {
        Description = $"The data directory; {DataDirectory.EnvironmentVariable} or a folder of your user by default.",
        HelpName = "DIR",
        DefaultValueFactory = _ => DataDirectory.DefaultRoot,
    };

    public static Option<bool> Json { get; } = new("--json") { Description = "Print JSON for programs." };

    public static DataDirectory DirectoryOf(ParseResult parse) => new(parse.GetValue(Data)!);
}
