using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;
using PhysOpt.PowerShell.Binding;

namespace PhysOpt.PowerShell.Loading;

/// <summary>
/// Keeps the module's dependencies out of other modules' way: they lie in the folder "dependencies" and load, when first needed,
/// into a load context of their own, so that a session may hold another version of the same library beside ours.
/// </summary>
public sealed class ModuleLifetime : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    static readonly DependencyContext Private =
        new(Path.Combine(Path.GetDirectoryName(typeof(NativeImages).Assembly.Location)!, "dependencies"));

    /// <summary>
    /// What the module's two assemblies refer to, versions and all: the handler answers for nothing else, as others ask it too.
    /// </summary>
    static readonly Lazy<HashSet<string>> References = new(() =>
    [
        .. typeof(ModuleLifetime).Assembly.GetReferencedAssemblies().Concat(typeof(Vector).Assembly.GetReferencedAssemblies())
            .Select(reference => reference.FullName),
    ]);

    /// <summary>The number of runspaces of this process that have the module: the handler is theirs together.</summary>
    static int imports;

    /// <summary>Called by PowerShell when the module is imported.</summary>
    public void OnImport()
    {
        if (Interlocked.Increment(ref imports) == 1) AssemblyLoadContext.Default.Resolving += Resolve;
        Field.Unwrap = Numbers.Unwrap;
    }

    /// <summary>Called by PowerShell when the module is removed.</summary>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        if (Interlocked.Decrement(ref imports) == 0) AssemblyLoadContext.Default.Resolving -= Resolve;
    }

    static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name) =>
        References.Value.Contains(name.FullName) ? Private.Find(name) : null;
}
