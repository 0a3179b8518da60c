using System.CommandLine;
using System.Runtime.InteropServices;
using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Runner.Commands;
using DailyPapers.Lab.Systems;

FreedMemory.Keep();
using var cancellation = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);

var root = new RootCommand("Runs the reproductions of papers and records what they measured.")
{
    ListCommand.Create(),
    RunCommand.Create(),
    VerifyCommand.Create(),
    PublishCommand.Create(),
    DataCommand.Create(),
    TrainEmbeddingCommand.Create(),
};
var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
        Console.Error.WriteLine(error.Message);
    return (int)RunnerExitCode.Usage;
}
return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = true, ProcessTerminationTimeout = null }, cancellation.Token);

void Cancel(PosixSignalContext context)
{
    context.Cancel = true;
    cancellation.Cancel();
}
