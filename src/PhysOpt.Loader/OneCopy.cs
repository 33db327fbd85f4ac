using System.Management.Automation;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
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

    static DateTime? firstImport; // by this process

    /// <summary>
    /// Called by PowerShell when the module is imported, before its types and its other assemblies are read.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another build is loaded.</exception>
    public void OnImport()
    {
        if (!NativeImages.AreLoaded) throw AnotherBuild(ModuleOf(typeof(OneCopy).Assembly.Location));
        if (firstImport is not null) Replace();
        firstImport ??= DateTime.UtcNow;
    }

    /// <summary>
    /// Takes the copy that the session has out of it, as two could not both have their types; but only where the other can be loaded.
    /// </summary>
    static void Replace()
    {
        // the module that is imported: of one version all copies have this assembly together, from the first one's folder
        var module = Ask(shell => shell.AddScript("$ExecutionContext.SessionState.Module.ModuleBase"))?.ToString();
        if (module is not null && IsAnotherBuild(module)) throw AnotherBuild(module);
        Ask(shell => shell.AddCommand("Get-Module").AddParameter("Name", Module).AddCommand("Remove-Module"));
    }

    /// <summary>What the session answers; nothing where it is about to start and has no module yet.</summary>
    static PSObject? Ask(Func<System.Management.Automation.PowerShell, System.Management.Automation.PowerShell> question)
    {
        try
        {
            using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
            return question(shell).Invoke().FirstOrDefault();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>True where a module's assemblies are not those that are loaded.</summary>
    static bool IsAnotherBuild(string module) => Loaded().Any(assembly =>
    {
        var file = Path.Combine(module, "bin", assembly.GetName().Name + ".dll");
        if (!File.Exists(file)) return false;
        var isUntouched = ModuleOf(assembly.Location) == module && File.GetLastWriteTimeUtc(file) <= firstImport;
        return !isUntouched && VersionIdOf(file) != assembly.ManifestModule.ModuleVersionId;
    });

    static IEnumerable<Assembly> Loaded() =>
        AssemblyLoadContext.Default.Assemblies.Where(assembly => assembly.GetName().Name is Main or Module);

    /// <summary>What each build of an assembly has of its own.</summary>
    static Guid VersionIdOf(string file)
    {
        using var image = new PEReader(File.OpenRead(file));
        var metadata = image.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
    }

    static InvalidOperationException AnotherBuild(string module)
    {
        var mine = AssemblyName.GetAssemblyName(Path.Combine(module, "bin", Main + ".dll"));
        var loaded = Loaded().First(assembly => assembly.GetName().Name == Main);
        return new(
            $"PhysOpt {Short(mine)} in {module} cannot be imported: this session has loaded PhysOpt {Short(loaded.GetName())} from "
            + $"{ModuleOf(loaded.Location)}, which is another build, and .NET unloads no assembly. Start a new session to use it.");
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
