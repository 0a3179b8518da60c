using System.Diagnostics;
using System.Globalization;
using DailyPapers.Lab.Architectures.Serialization;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Bench.Training;

/// <summary>The same training by PyTorch, in a process of its own that starts from this model's weights.</summary>
internal sealed class PythonTraining : ITrainingSide
{
    private readonly Process _process;

    private PythonTraining(Process process, string version) => (_process, Name) = (process, $"PyTorch {version}");

    public string Name { get; }

    internal static PythonTraining Start(string python, TrainedModel model, int threads)
    {
        var file = Path.Combine(Path.GetTempPath(), $"training-{Environment.ProcessId}.safetensors");
        var start = new ProcessStartInfo(python, [Path.Combine(AppContext.BaseDirectory, "Training", "training_steps.py")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        // Debian's PyTorch multiplies by a BLAS with threads of its own, which set_num_threads doesn't reach.
        foreach (var variable in new[] { "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS" })
            start.Environment[variable] = threads.ToString(CultureInfo.InvariantCulture);
        // What FreedMemory.Keep does on this side.
        (start.Environment["MALLOC_MMAP_MAX_"], start.Environment["MALLOC_TRIM_THRESHOLD_"]) = ("0", "2147483647");
        var process = Process.Start(start)!;
        try
        {
            Write(file, model);
            return new(process, Ask(process, $"load {file} {model.Name} {threads}"));
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
        finally
        {
            File.Delete(file);
        }
    }

    public Stretch Run(int steps)
    {
        var answer = Ask(_process, $"run {steps}").Split(' ').Select(value => double.Parse(value, CultureInfo.InvariantCulture)).ToArray();
        return new(answer[0], answer[1], answer[2]);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static string Ask(Process process, string command)
    {
        process.StandardInput.WriteLine(command);
        process.StandardInput.Flush();
        return process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException("Python ended. Name an interpreter with PyTorch by --python; on Debian, python3-torch gives /usr/bin/python3 one.");
    }

    private static void Write(string file, TrainedModel model)
    {
        var tensors = new Dictionary<string, Tensor> { ["inputs"] = model.Inputs, ["labels"] = model.Labels, ["batches"] = model.Batches };
        foreach (var (index, parameter) in model.Module.parameters().Index())
            tensors[string.Create(CultureInfo.InvariantCulture, $"parameter.{index:000}")] = parameter;
        SafetensorsFile.Write(file, tensors);
    }
}
