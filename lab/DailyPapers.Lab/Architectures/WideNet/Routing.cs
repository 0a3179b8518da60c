using static TorchSharp.torch;

namespace DailyPapers.Lab.Architectures.WideNet;

/// <summary>Which experts tokens go to.</summary>
/// <param name="Index">The experts of each token, most probable first, (tokens, k), 64-bit integers.</param>
/// <param name="Weight">Their probabilities, not renormalised, (tokens, k).</param>
/// <param name="Probabilities">Of all experts, (tokens, experts).</param>
public sealed record Routing(Tensor Index, Tensor Weight, Tensor Probabilities);
