using System.CommandLine;
using System.Diagnostics;
using DailyPapers.Storage;
using DailyPapers.Web.Hosting;

namespace DailyPapers.Bench.Community;

/// <summary>The service in a process of its own: this program, started once more. It ends when its input does.</summary>
internal sealed class ServiceProcess : IDisposable
{
    private const string Name = "serve";

    private readonly Process _process;

    private ServiceProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>The processor time it has used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The command that the other process runs.</summary>
    public static Command Command()
    {
        var folder = new Option<DirectoryInfo>("--data") { Required = true };
        var command = new Command(Name) { folder };
        command.Hidden = true;
        command.SetAction(async (arguments, cancellationToken) =>
        {
            await using var service = PapersService.Build(
                new DataDirectory(arguments.GetRequiredValue(folder).FullName),
                [new("Urls", "http://127.0.0.1:0"), new("Logging:LogLevel:Default", "Warning"), .. CommunityScene.Settings]);
            await PapersService.PrepareAsync(service.Services, cancellationToken);
            await service.StartAsync(cancellationToken);
            Console.WriteLine(service.Urls.First());
            while (await Console.In.ReadLineAsync(cancellationToken) is not null)
            {
            }
            await service.StopAsync(cancellationToken);
        });
        return command;
    }

    public static async Task<ServiceProcess> StartAsync(DirectoryInfo data, CancellationToken cancellationToken)
    {
        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [Name, "--data", data.FullName]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (Uri.TryCreate(line, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttp)
            {
                _ = process.StandardOutput.BaseStream.CopyToAsync(Console.OpenStandardError(), cancellationToken);
                return new ServiceProcess(process, address);
            }
            await Console.Error.WriteLineAsync(line);
        }
        throw new InvalidOperationException("The service did not start.");
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(30)))
            _process.Kill();
        _process.Dispose();
    }
}
