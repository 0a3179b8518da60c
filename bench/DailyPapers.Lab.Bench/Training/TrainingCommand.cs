using System.CommandLine;
using System.ComponentModel;
using DailyPapers.Lab.Timing;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Bench.Training;

/// <summary><c>training</c>: seconds of a training step in TorchSharp and in Python's PyTorch, the same model from the same weights on the same batches.</summary>
internal static class TrainingCommand
{
    internal static Command Create()
    {
        var models = new Option<string[]>("--models") { Description = "Models to train: " + string.Join(", ", TrainedModel.Names) + ".", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => TrainedModel.Names };
        models.AcceptOnlyFromAmong(TrainedModel.Names);
        var python = new Option<string>("--python") { Description = "A Python that has PyTorch.", DefaultValueFactory = _ => "/usr/bin/python3" };
        var threads = new Option<int>("--threads") { Description = "Threads of each side.", DefaultValueFactory = _ => 1 };
        var rounds = new Option<int>("--rounds") { Description = "Rounds; in each, every side trains a stretch, in turning order.", DefaultValueFactory = _ => 15 };
        var steps = new Option<int>("--steps") { Description = "Steps of a stretch.", DefaultValueFactory = _ => 40 };
        var command = new Command("training", "Times training steps against Python's PyTorch.") { models, python, threads, rounds, steps };
        command.SetAction(parsed =>
        {
            try
            {
                foreach (var model in parsed.GetRequiredValue(models))
                    Compare(Console.Out, model, parsed.GetRequiredValue(python), parsed.GetValue(threads), parsed.GetValue(rounds), parsed.GetValue(steps));
                return 0;
            }
            catch (Exception problem) when (problem is Win32Exception or InvalidOperationException)
            {
                Console.Error.WriteLine($"training: {problem.Message}");
                return 1;
            }
        });
        return command;
    }

    private static void Compare(TextWriter output, string name, string python, int threads, int rounds, int steps)
    {
        set_num_threads(threads);
        using var scope = NewDisposeScope();
        var (model, lab) = (TrainedModel.Create(name), TrainedModel.Create(name));
        output.WriteLine(FormattableString.Invariant($"{model.Description}; {threads} thread(s), {rounds} rounds of {steps} steps"));
        using var reference = PythonTraining.Start(python, model, threads);
        using var plain = new PlainTraining(model);
        using var fused = new LabTraining(lab);
        ITrainingSide[] sides = [reference, plain, fused];
        var stretches = sides.Select(_ => new List<Stretch>()).ToArray();
        // The first stretch warms up; its losses show that all sides compute the same.
        double[] losses = [.. sides.Select(side => side.Run(steps).Loss)];
        for (var round = 0; round < rounds; round++)
        {
            foreach (var index in round % 2 == 0 ? Enumerable.Range(0, sides.Length) : Enumerable.Range(0, sides.Length).Reverse())
                stretches[index].Add(sides[index].Run(steps));
        }
        for (var index = 0; index < sides.Length; index++)
            output.WriteLine(Row(sides[index].Name, stretches[index], stretches[0], steps, losses[index]));
        output.WriteLine();
    }

    private static string Row(string name, List<Stretch> own, List<Stretch> reference, int steps, double loss)
    {
        var processor = Quartiles.Of([.. own.Select(stretch => stretch.Processor / steps * 1e3)]);
        var wall = Quartiles.Of([.. own.Select(stretch => stretch.Wall / steps * 1e3)]);
        var ratio = Quartiles.Of([.. own.Zip(reference, (a, b) => a.Processor / b.Processor)]);
        return FormattableString.Invariant(
            $"  {name,-28} {processor.Median,8:0.000} ms processor [{processor.Lower:0.000}, {processor.Upper:0.000}]  {wall.Median,8:0.000} ms wall  ratio {ratio.Median:0.000} [{ratio.Lower:0.000}, {ratio.Upper:0.000}]  loss after {steps} steps {loss:0.00000}");
    }
}
