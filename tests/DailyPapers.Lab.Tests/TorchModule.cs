using System.Runtime.CompilerServices;
using DailyPapers.Lab.Systems;

namespace DailyPapers.TestSupport;

internal static class TorchModule
{
    // Before any test touches TorchSharp: on older systems this process's copy of its library must be adjusted first.
    [ModuleInitializer]
    internal static void Prepare() => TorchNativeLibrary.Prepare();
}
