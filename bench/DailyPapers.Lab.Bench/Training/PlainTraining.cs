using static TorchSharp.torch;

namespace DailyPapers.Lab.Bench.Training;

/// <summary>The loop that TorchSharp's examples show, with TorchSharp's optimizer.</summary>
internal sealed class PlainTraining(TrainedModel model) : ITrainingSide
{
    private readonly optim.Optimizer _optimizer = optim.AdamW(model.Module.parameters(), 1e-3, weight_decay: 0.01);
    private int _step;

    public string Name => "TorchSharp, its AdamW";

    public Stretch Run(int steps)
    {
        var loss = double.NaN;
        var clock = ProcessClock.Start();
        for (var end = _step + steps; _step < end; _step++)
        {
            using var scope = NewDisposeScope();
            _optimizer.zero_grad();
            var value = model.Loss(model.Batches[_step % model.Batches.shape[0]]);
            value.backward();
            _optimizer.step();
            if (_step == end - 1)
                loss = value.item<float>();
        }
        return clock.Stop(loss);
    }

    public void Dispose() => _optimizer.Dispose();
}
