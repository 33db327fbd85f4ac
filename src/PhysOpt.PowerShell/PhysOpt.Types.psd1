# The types of the module, which PowerShell is to read after bin/PhysOpt.Loader.dll has run: see docs/design/loading.md.
@{
    ModuleVersion  = '1.0'
    TypesToProcess = 'PhysOpt.Types.ps1xml'
}
