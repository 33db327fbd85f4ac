using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace PhysOpt.PowerShell.Loading;

/// <summary>
/// The load context of the module's dependencies: what lies in their folder is taken from there, whatever else the process has loaded.
/// </summary>
internal sealed class DependencyContext(string folder) : AssemblyLoadContext("PhysOpt")
{
    /// <summary>The assembly of that name in the folder; null where it is not there.</summary>
    internal Assembly? Find(AssemblyName name)
    {
        var path = Path.Combine(folder, $"{name.Name}.dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName) => Find(assemblyName);

    /// <summary>Native parts lie in runtimes/(system)/native, as in NuGet packages; the files of other systems lie beside ours.</summary>
    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        var path = Path.Combine(folder, "runtimes", RuntimeFolder, "native", unmanagedDllName + Suffix);
        return File.Exists(path) ? LoadUnmanagedDllFromPath(path) : 0;
    }

    /// <summary>"linux-x64" and the like; one folder for both processors of macOS.</summary>
    internal static string RuntimeFolder
    {
        get
        {
            var processor = RuntimeInformation.ProcessArchitecture switch
            {
                Architecture.X64 => "x64",
                Architecture.Arm64 => "arm64",
                var other => other.ToString(),
            };
            // on musl (Alpine) RuntimeIdentifier says so; the libraries for glibc do not load there
            return OperatingSystem.IsWindows() ? $"win-{processor}"
                : OperatingSystem.IsMacOS() ? "osx"
                : RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal) ? $"linux-musl-{processor}"
                : $"linux-{processor}";
        }
    }

    static string Suffix => OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";
}
