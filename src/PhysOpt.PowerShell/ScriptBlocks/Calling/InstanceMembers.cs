using System.Collections;
using System.Management.Automation;
using System.Reflection;

namespace PhysOpt.PowerShell.ScriptBlocks.Calling;

/// <summary>What Add-Member, or a cast to [pscustomobject], gave an object beside what its type has.</summary>
internal static class InstanceMembers
{
    /// <summary>
    /// PowerShell's own table of them: going through Members instead takes 50 us for each object, for it asks the type first.
    /// </summary>
    static readonly MethodInfo? Table = typeof(PSObject).GetMethod("HasInstanceMembers", BindingFlags.NonPublic | BindingFlags.Static);

    /// <summary>Its properties with values, and members that run code; none for most objects.</summary>
    internal static IEnumerable<PSMemberInfo> Of(object value) =>
        All(value).Where(member => member is PSNoteProperty || IsComputed(member));

    static IEnumerable<PSMemberInfo> All(object value)
    {
        if (Table is null) return PSObject.AsPSObject(value).Members.Where(member => member.IsInstance);
        object?[] arguments = [value, null];
        return Table.Invoke(null, arguments) is true ? ((IEnumerable)arguments[1]!).Cast<PSMemberInfo>() : [];
    }

    /// <summary>True for a member that runs code; not for pstypenames, which PowerShell adds to whatever it has looked at.</summary>
    internal static bool IsComputed(PSMemberInfo member) =>
        member is PSScriptProperty or PSScriptMethod or PSCodeProperty or PSCodeMethod or PSAliasProperty
        && !member.Name.Equals("pstypenames", StringComparison.OrdinalIgnoreCase);
}
