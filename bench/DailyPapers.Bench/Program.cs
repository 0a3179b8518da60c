using System.CommandLine;
using DailyPapers.Bench;
using DailyPapers.Bench.Community;

return await new RootCommand("Measures Daily Papers: its import, its search and its vectors, beside others in the same run.")
{
    SearchCommand.Create(),
    SuggestCommand.Create(),
    RecommendCommand.Create(),
    HttpCommand.Create(),
    CommunityCommand.Create(),
    ServiceProcess.Command(),
}.Parse(args).InvokeAsync();
