using System.Reflection;
using System.Reflection.Emit;

namespace PhysOpt.PowerShell.Tests;

/// <summary>Assemblies of a dependency's name with nothing in them: the version is what matters.</summary>
internal static class StubAssembly
{
    /// <summary>Saves one in a folder.</summary>
    /// <returns>Its path.</returns>
    internal static string Save(string folder, string name, string version)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName($"{name}, Version={version}"), typeof(object).Assembly);
        assembly.DefineDynamicModule(name).DefineType($"{name}.Stub", TypeAttributes.Public).CreateType();
        var path = Path.Combine(folder, $"{name}.dll");
        assembly.Save(path);
        return path;
    }
}
