using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace PhysOpt.PowerShell.Loading;

/// <summary>
/// Loads PhysOpt's assemblies as native images (ReadyToRun) where the folder "native" has some for this system and
/// processor. Elsewhere the assemblies beside this one are loaded as they are, and compiled when they run.
/// </summary>
/// <remarks>
/// A native image is the same assembly, down to its module version id, with machine code besides; the runtime takes
/// that code where it fits and compiles the rest. What is loaded first stays: when PowerShell asks for
/// bin/PhysOpt.PowerShell.dll afterwards, it gets the image.
/// </remarks>
public static class NativeImages
{
    static readonly string[] Assemblies = ["PhysOpt.dll", "PhysOpt.PowerShell.dll"];

    /// <summary>True where the assemblies are loaded; false where the process has those of another build.</summary>
    internal static bool AreLoaded { get; } = Load();

    static bool Load()
    {
        var here = Path.GetDirectoryName(typeof(NativeImages).Assembly.Location)!;
        var native = Path.Combine(here, "native", Target);
        try
        {
            Assembly? module = null;
            foreach (var name in Assemblies)
            {
                var image = Path.Combine(native, name);
                module = AssemblyLoadContext.Default.LoadFromAssemblyPath(File.Exists(image) ? image : Path.Combine(here, name));
            }

            if (module!.GetType("PhysOpt.PowerShell.Loading.WarmUp") is { } warmUp) RuntimeHelpers.RunClassConstructor(warmUp.TypeHandle);
            return true;
        }
        catch (FileLoadException)
        {
            return false;
        }
    }

    /// <summary>The folder of this system and processor: "linux-x64", "win-x64", "osx-arm64".</summary>
    static string Target
    {
        get
        {
            var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
            var processor = RuntimeInformation.ProcessArchitecture switch
            {
                Architecture.X64 => "x64",
                Architecture.Arm64 => "arm64",
                _ => "other",
            };
            return $"{system}-{processor}";
        }
    }
}
