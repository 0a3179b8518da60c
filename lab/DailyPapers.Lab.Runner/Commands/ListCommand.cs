using System.CommandLine;
using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Runner.Reproductions;

namespace DailyPapers.Lab.Runner.Commands;

/// <summary><c>list</c>: what can be run.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print the full declarations as JSON." };
        var command = new Command("list", "List the reproductions, their claims and parameters.") { json };
        command.SetAction(parsed =>
        {
            var declarations = Catalogue.All.Select(reproduction => reproduction.Declaration).ToList();
            if (parsed.GetValue(json))
                Console.Out.Write(LabJson.Write(declarations));
            else
                foreach (var declaration in declarations)
                    Print(declaration);
            return (int)RunnerExitCode.Ok;
        });
        return command;
    }

    private static void Print(ReproductionDeclaration declaration)
    {
        Console.WriteLine($"{declaration.Slug}  {declaration.Title}{(declaration.ArxivId is { } id ? $" (arXiv:{id})" : "")}");
        foreach (var claim in declaration.Claims)
            Console.WriteLine($"  claim {claim.Id}: {claim.Statement} [{claim.Metric} {claim.Criterion}]");
        foreach (var parameter in declaration.Parameters)
            Console.WriteLine($"  --set {parameter.Name}={parameter.Default}  {parameter.Range}. {parameter.Help}");
    }
}
