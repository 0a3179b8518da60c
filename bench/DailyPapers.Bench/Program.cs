using System.CommandLine;
using DailyPapers.Bench;

return await new RootCommand("Measures Daily Papers: its import, its search and its vectors, beside others in the same run.")
{
    SearchCommand.Create(),
    SuggestCommand.Create(),
    RecommendCommand.Create(),
    HttpCommand.Create(),
}.Parse(args).InvokeAsync();
