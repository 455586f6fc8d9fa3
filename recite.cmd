@echo off
rem Runs Recite from its sources: builds the command when needed, then starts it in the caller's directory.
rem The build itself decides whether anything changed; messages go to standard error.
setlocal
set DOTNET_NOLOGO=1
set DOTNET_CLI_TELEMETRY_OPTOUT=1
set DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
where dotnet >nul 2>nul
if errorlevel 1 (
  echo Recite needs the .NET 10 SDK to build itself, and no "dotnet" is on the PATH; install it and run the command again. 1>&2
  exit /b 2
)
dotnet build "%~dp0src\Recite.Cli\Recite.Cli.csproj" -c Release -v q -nologo -clp:ErrorsOnly;NoSummary 1>&2
if errorlevel 1 exit /b 1
"%~dp0artifacts\bin\Recite.Cli\release\Recite.Cli.exe" %*
exit /b %errorlevel%
