using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace PhysOpt.PowerShell.Loading;

/// <summary>
/// What PowerShell runs first when the module is imported: it loads the module's assemblies, and sees to it that a
/// session has one copy of the module.
/// </summary>
/// <remarks>
/// Another copy of the same build takes the place of the one before, and runs the code that is loaded. .NET unloads no
/// assembly, so another build is an error that says so. This assembly has the version in its name: that of another
/// version is loaded beside it, and can speak.
/// </remarks>
public sealed class OneCopy : IModuleAssemblyInitializer
{
    const string Module = "PhysOpt", Main = "PhysOpt.PowerShell";

    static bool wasImported; // by this process

    /// <summary>
    /// Called by PowerShell when the module is imported, before its types and its other assemblies are read.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another build is loaded.</exception>
    public void OnImport()
    {
        if (!NativeImages.AreLoaded) throw AnotherBuild();
        if (wasImported) RemoveOther();
        wasImported = true;
    }

    /// <summary>Takes the copy that the session has out of it: two could not both have their types.</summary>
    static void RemoveOther()
    {
        try
        {
            using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
            shell.AddCommand("Get-Module").AddParameter("Name", Module).AddCommand("Remove-Module").Invoke();
        }
        catch (InvalidOperationException)
        {
            // the session is about to start, and has no module yet
        }
    }

    static InvalidOperationException AnotherBuild()
    {
        var here = Path.GetDirectoryName(typeof(OneCopy).Assembly.Location)!;
        var mine = AssemblyName.GetAssemblyName(Path.Combine(here, Main + ".dll"));
        var loaded = AssemblyLoadContext.Default.Assemblies.First(assembly => assembly.GetName().Name == Main);
        return new(
            $"PhysOpt {Short(mine)} in {ModuleOf(here)} cannot be imported: this session has loaded PhysOpt {Short(loaded.GetName())} from "
            + $"{ModuleOf(loaded.Location)}, and .NET unloads no assembly. Start a new session to use it.");
    }

    /// <summary>The folder of a module, which is that of its manifest.</summary>
    static string ModuleOf(string path)
    {
        var folder = path;
        while (folder is not null && !File.Exists(Path.Combine(folder, Module + ".psd1"))) folder = Path.GetDirectoryName(folder);
        return folder ?? path;
    }

    static string Short(AssemblyName name) => name.Version!.ToString(3);
}
