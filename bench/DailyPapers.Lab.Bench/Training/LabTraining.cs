using DailyPapers.Lab.Optimization.Fused;
using DailyPapers.Lab.Training;

namespace DailyPapers.Lab.Bench.Training;

/// <summary>The lab's training loop with the lab's optimizer.</summary>
internal sealed class LabTraining(TrainedModel model) : ITrainingSide
{
    private readonly FusedAdamW _optimizer = new(model.Module.parameters(), 1e-3, weightDecay: 0.01);
    private int _step;

    public string Name => "the lab's loop, FusedAdamW";

    public Stretch Run(int steps)
    {
        var loss = double.NaN;
        var clock = ProcessClock.Start();
        var end = _step + steps;
        MinibatchTraining.Run(_optimizer, _step, end, _ => 1e-3, step =>
        {
            var value = model.Loss(model.Batches[step % model.Batches.shape[0]]);
            if (step == end - 1)
                loss = value.item<float>();
            return value;
        });
        _step = end;
        return clock.Stop(loss);
    }

    public void Dispose() => _optimizer.Dispose();
}
