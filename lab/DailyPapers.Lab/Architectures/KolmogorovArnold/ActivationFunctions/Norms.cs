using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Architectures.KolmogorovArnold.ActivationFunctions;

internal static class Norms
{
    internal static Module<Tensor, Tensor>? Create(InputNorm norm, long channels, Device? device, ScalarType? dtype) => norm switch
    {
        InputNorm.None => null,
        InputNorm.Layer => LayerNorm(channels, device: device, dtype: dtype),
        InputNorm.Batch => BatchNorm1d(channels, device: device, dtype: dtype),
        _ => throw new ArgumentOutOfRangeException(nameof(norm), norm, "Not a norm."),
    };
}
